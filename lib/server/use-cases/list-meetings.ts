import "server-only";
import { encodeId } from "@/lib/domain/ids";
import { meetingPhase } from "@/lib/domain/meeting";
import type { MeetingListQuery, MeetingOut } from "@/lib/schemas/meeting";
import type { Page } from "@/lib/schemas/paging";
import { listMeetings as listRows, type MeetingRow } from "@/lib/server/db/meetings";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { ownerOut } from "./meeting-calendar";
import { cursorId, toPage } from "./paging";

/** The organization's meetings, nearest to now first. Throws 422 for a cursor that is none. */
export async function listMeetings(
  deps: Deps,
  { organizationId }: Principal,
  { view, owner: ownerIds, cursor, limit }: MeetingListQuery,
): Promise<Page<MeetingOut>> {
  const afterId = cursorId("mtg", cursor);
  const now = deps.clock();
  const page = { now, afterId, limit: limit + 1 };
  const rows = await listRows(deps.sql, organizationId, { view, ownerIds }, page);
  return toPage(rows, limit, (row) => meetingOut(row, now));
}

export function meetingOut(row: MeetingRow, now: Date): MeetingOut {
  const { name, inviteeName, inviteeEmail, location, movedCount } = row;
  return {
    id: encodeId("mtg", row.id),
    ...{ name, inviteeName, inviteeEmail, location, movedCount },
    start: row.startsAt.toISOString(),
    end: row.endsAt.toISOString(),
    phase: meetingPhase(row, now),
    owner: ownerOut(row.owner),
  };
}
