import "server-only";
import { decodeId } from "@/lib/domain/ids";
import type { EventSearch, EventSummaryOut } from "@/lib/schemas/event";
import type { Page } from "@/lib/schemas/paging";
import {
  countDeliveriesOfEvents,
  findEventRow,
  listEventRows,
  type EventRow,
} from "@/lib/server/db/event-log";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { eventRange, oldestKeptId } from "./event-range";
import { eventHead } from "./list-events";
import { toPage } from "./paging";

/** As `listEvents`, without data and with counts instead of deliveries: small enough to be asked for every other second. */
export async function listEventSummaries(
  deps: Deps,
  { organizationId }: Principal,
  search: EventSearch,
): Promise<Page<EventSummaryOut>> {
  const rows =
    search.id === undefined
      ? await listEventRows(deps.sql, organizationId, eventRange(deps, search), search.limit + 1)
      : await findById(deps, organizationId, search.id);
  const ids = rows.slice(0, search.limit).map(({ id }) => id);
  const counts = await countDeliveriesOfEvents(deps.sql, organizationId, ids, oldestKeptId(deps));
  const byEvent = Map.groupBy(counts, ({ eventId }) => eventId);
  return toPage(rows, search.limit, (row) => {
    const own = byEvent.get(row.id) ?? [];
    return {
      ...eventHead(row),
      deliveryCounts: Object.fromEntries(own.map(({ state, count }) => [state, count])),
    };
  });
}

/** An id is unique, so whoever asks for one wants that event whatever else is filtered. */
async function findById(deps: Deps, organizationId: string, text: string): Promise<EventRow[]> {
  const id = decodeId("evt", text.trim());
  const row = id === null ? null : await findEventRow(deps.sql, organizationId, id, oldestKeptId(deps));
  return row ? [row] : [];
}
