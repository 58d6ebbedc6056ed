import "server-only";
import { changeRefusal, meetingPhase } from "@/lib/domain/meeting";
import { AppError } from "@/lib/server/app-error";
import type { MeetingRow } from "@/lib/server/db/meetings";
import { isAdmin, type Principal } from "@/lib/server/principal";

/** Why the principal cannot cancel the meeting now: 403 or 409; null when it can. */
export function refuseCancel(meeting: MeetingRow, principal: Principal, now: Date): AppError | null {
  if (principal.userId !== meeting.owner.id && !isAdmin(principal)) {
    return new AppError(403, "Only its owner and admins may move or cancel a meeting. Ask one of them.");
  }
  const refusal = changeRefusal(meetingPhase(meeting, now));
  return refusal === null ? null : new AppError(409, refusal);
}

/** As `refuseCancel`; and who has left the organization has no calendar any more to move a meeting in. */
export function refuseMove(meeting: MeetingRow, principal: Principal, now: Date): AppError | null {
  const refusal = refuseCancel(meeting, principal, now);
  if (refusal || meeting.isOwnerMember) return refusal;
  return new AppError(409, "The meeting's owner has left the organization: it can be canceled, not moved.");
}
