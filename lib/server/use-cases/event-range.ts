import "server-only";
import { uuidV7Floor, uuidV7FloorSince1970 } from "@/lib/domain/ids";
import type { EventSearch } from "@/lib/schemas/event";
import type { EventRange } from "@/lib/server/db/event-log";
import type { Deps } from "@/lib/server/deps";
import { cursorId } from "./paging";

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
  const before = cursorId("evt", cursor);
  if (before !== null) untilIds.push(before);
  return {
    fromId: fromIds.sort().at(-1)!,
    untilId: untilIds.sort()[0] ?? null,
    eventTypes: eventTypes ?? [],
  };
}
