import "server-only";
import { freeSlotAt } from "@/lib/domain/meeting-slots";
import type { MoveIn } from "@/lib/schemas/meeting";
import { notFound } from "@/lib/server/app-error";
import { findMeeting, listTaken } from "@/lib/server/db/meetings";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { changeMeeting } from "./change-meeting";
import { rulesForMove, slotRefusal } from "./meeting-calendar";
import { refuseMove } from "./meeting-rights";

/**
 * Moves a meeting to another free time of its owner's calendar and publishes it. Throws 403 for anybody but its owner
 * and admins, 404, and 409 for a meeting that cannot be moved any more or a time that is not free.
 */
export function moveMeeting(
  deps: Deps,
  principal: Principal,
  { id, start }: MoveIn,
): Promise<{ id: string }> {
  const { organizationId } = principal;
  return changeMeeting(deps, principal, async (sql, now) => {
    const found = await findMeeting(sql, organizationId, id);
    if (!found) throw notFound("meeting");
    const refusal = refuseMove(found, principal, now);
    if (refusal) throw refusal;
    const { isOwnerMember: _isMember, ...before } = found;
    const taken = await listTaken(sql, organizationId, { ownerId: before.owner.id, exceptId: id, now });
    const slot = freeSlotAt(await rulesForMove(sql, before), taken, now, start);
    if (!slot || slot.start.getTime() === before.startsAt.getTime()) throw slotRefusal();
    const { start: startsAt, end: endsAt } = slot;
    const after = { ...before, startsAt, endsAt, movedCount: before.movedCount + 1 };
    return { kind: "rescheduled", before, after };
  });
}
