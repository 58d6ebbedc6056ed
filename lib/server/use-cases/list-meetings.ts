import "server-only";
import { decodeId, encodeId } from "@/lib/domain/ids";
import { meetingPhase } from "@/lib/domain/meeting";
import type { MeetingListQuery, MeetingOut } from "@/lib/schemas/meeting";
import type { Page } from "@/lib/schemas/paging";
import { invalid } from "@/lib/server/app-error";
import { listMeetings as listRows, type MeetingRow } from "@/lib/server/db/meetings";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { ownerOut } from "./meeting-calendar";

/** The organization's meetings, nearest to now first. Throws 422 for a cursor that is none. */
export async function listMeetings(
  deps: Deps,
  { organizationId }: Principal,
  { view, owner: ownerIds, cursor, limit }: MeetingListQuery,
): Promise<Page<MeetingOut>> {
  const afterId = cursor === undefined ? null : decodeId("mtg", cursor);
  if (cursor !== undefined && afterId === null) {
    throw invalid([{ path: "cursor", message: "must be the nextCursor of a page of this list" }]);
  }
  const now = deps.clock();
  const page = { now, afterId, limit: limit + 1 };
  const rows = await listRows(deps.sql, organizationId, { view, ownerIds }, page);
  const items = rows.slice(0, limit).map((row) => meetingOut(row, now));
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
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
