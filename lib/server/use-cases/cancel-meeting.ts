import "server-only";
import { notFound } from "@/lib/server/app-error";
import { findMeeting } from "@/lib/server/db/meetings";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { changeMeeting } from "./change-meeting";
import { refuseCancel } from "./meeting-rights";

/**
 * Cancels a meeting and publishes it; its time is free again. Throws 403 for anybody but its owner and admins, 404,
 * and 409 for a meeting that has begun or was canceled before.
 */
export function cancelMeeting(
  deps: Deps,
  principal: Principal,
  { id }: { id: string },
): Promise<{ id: string }> {
  return changeMeeting(deps, principal, async (sql, now) => {
    const found = await findMeeting(sql, principal.organizationId, id);
    if (!found) throw notFound("meeting");
    const refusal = refuseCancel(found, principal, now);
    if (refusal) throw refusal;
    const { isOwnerMember: _isMember, ...before } = found;
    return { kind: "canceled", before, after: { ...before, canceledAt: now } };
  });
}
