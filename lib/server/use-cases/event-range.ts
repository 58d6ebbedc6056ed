import "server-only";
import { decodeId, uuidV7Floor, uuidV7FloorSince1970 } from "@/lib/domain/ids";
import type { EventSearch } from "@/lib/schemas/event";
import { invalid } from "@/lib/server/app-error";
import type { EventRange } from "@/lib/server/db/event-log";
import type { Deps } from "@/lib/server/deps";

/** The smallest id that the retention still keeps; what is older may already be gone, so it is never shown. */
export function oldestKeptId(deps: Deps): string {
  return uuidV7Floor(new Date(deps.clock().getTime() - deps.settings.retentionMs));
}

/** The part of the log that a list asks for. Throws 422 for a cursor that is none. */
export function eventRange(
  deps: Deps,
  { cursor, eventTypes, since, until }: Pick<EventSearch, "cursor" | "eventTypes" | "since" | "until">,
): EventRange {
  const fromIds = [oldestKeptId(deps)];
  if (since) fromIds.push(uuidV7FloorSince1970(since));
  const untilIds = until ? [uuidV7FloorSince1970(until)] : [];
  if (cursor !== undefined) {
    const cursorId = decodeId("evt", cursor);
    if (cursorId === null)
      throw invalid([{ path: "cursor", message: "must be the nextCursor of a page before" }]);
    untilIds.push(cursorId);
  }
  return {
    fromId: fromIds.sort().at(-1)!,
    untilId: untilIds.sort()[0] ?? null,
    eventTypes: eventTypes ?? [],
  };
}
