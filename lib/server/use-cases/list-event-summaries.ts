import "server-only";
import type { EventListQuery, EventSummaryOut } from "@/lib/schemas/event";
import type { Page } from "@/lib/schemas/paging";
import { countDeliveriesOfEvents, listEventRows } from "@/lib/server/db/event-log";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { eventRange, oldestKeptId } from "./event-range";
import { eventHead } from "./list-events";

/** As `listEvents`, without data and with counts instead of deliveries: small enough to be asked for every other second. */
export async function listEventSummaries(
  deps: Deps,
  { organizationId }: Principal,
  query: EventListQuery,
): Promise<Page<EventSummaryOut>> {
  const rows = await listEventRows(deps.sql, organizationId, eventRange(deps, query), query.limit + 1);
  const shown = rows.slice(0, query.limit);
  const ids = shown.map(({ id }) => id);
  const counts = await countDeliveriesOfEvents(deps.sql, organizationId, ids, oldestKeptId(deps));
  const byEvent = Map.groupBy(counts, ({ eventId }) => eventId);
  const items = shown.map((row): EventSummaryOut => {
    const own = byEvent.get(row.id) ?? [];
    return {
      ...eventHead(row),
      deliveryCounts: Object.fromEntries(own.map(({ state, count }) => [state, count])),
    };
  });
  return { items, nextCursor: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null };
}
