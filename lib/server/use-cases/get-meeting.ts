import "server-only";
import { encodeId } from "@/lib/domain/ids";
import { emailMeetingId, meetingEventType, zoomMeetingId } from "@/lib/domain/meeting";
import type { CalendarOut, MeetingChangeOut, MeetingDetail } from "@/lib/schemas/meeting";
import { notFound } from "@/lib/server/app-error";
import { listMeetingChanges, type MeetingChange } from "@/lib/server/db/meeting-changes";
import { findMeeting, type MeetingRow } from "@/lib/server/db/meetings";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { oldestKeptId } from "./event-range";
import { meetingOut } from "./list-meetings";
import { calendarForMove } from "./meeting-calendar";
import { refuseCancel, refuseMove } from "./meeting-rights";

/** One meeting with what happened to it, and what whoever asks can do with it. Throws 404. */
export async function getMeeting(deps: Deps, principal: Principal, id: string): Promise<MeetingDetail> {
  return (await readMeeting(deps, principal, id)).detail;
}

/** A meeting and where in its owner's calendar it could be moved to; null where it cannot be moved. Throws 404. */
export async function getMeetingMove(
  deps: Deps,
  principal: Principal,
  id: string,
): Promise<{ meeting: MeetingDetail; calendar: CalendarOut | null }> {
  const { row, detail } = await readMeeting(deps, principal, id);
  return { meeting: detail, calendar: detail.moveRefusal === null ? await calendarForMove(deps, row) : null };
}

async function readMeeting(
  deps: Deps,
  principal: Principal,
  id: string,
): Promise<{ row: MeetingRow; detail: MeetingDetail }> {
  const row = await findMeeting(deps.sql, principal.organizationId, id);
  if (!row) throw notFound("meeting");
  const changes = await listMeetingChanges(deps.sql, principal.organizationId, id);
  const now = deps.clock();
  const { optionalInvitees, formValues, isOwnerMember } = row;
  const detail = {
    ...meetingOut(row, now),
    ...{ optionalInvitees, formValues, isOwnerMember },
    emailMeetingId: emailMeetingId(row.id),
    zoomMeetingId: zoomMeetingId(row.location),
    moveRefusal: refuseMove(row, principal, now)?.message ?? null,
    cancelRefusal: refuseCancel(row, principal, now)?.message ?? null,
    changes: changes.map((change) => changeOut(change, oldestKeptId(deps))),
  };
  return { row, detail };
}

function changeOut(change: MeetingChange, oldestEventId: string): MeetingChangeOut {
  const { kind, actorLabel, deliveryCount } = change;
  return {
    ...{ kind, actorLabel, deliveryCount },
    start: change.startsAt.toISOString(),
    end: change.endsAt.toISOString(),
    at: change.at.toISOString(),
    eventType: meetingEventType(kind),
    eventId: change.eventId >= oldestEventId ? encodeId("evt", change.eventId) : null,
  };
}
