import "server-only";
import { encodeId, timeOfUuidV7 } from "@/lib/domain/ids";
import type { EventListQuery, EventWithDataText } from "@/lib/schemas/event";
import type { Page } from "@/lib/schemas/paging";
import {
  listDeliveriesOfEvents,
  listEventTextRows,
  type EventDeliveryRow,
  type EventTextRow,
} from "@/lib/server/db/event-log";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { eventRange, oldestKeptId } from "./event-range";

/** Data on one page; a page ends early when it is reached. */
const pageBytesMax = 4 * 1024 * 1024;

/** The organization's events of the retention with data and deliveries, newest first. */
export async function listEvents(
  deps: Deps,
  { organizationId }: Principal,
  query: EventListQuery,
): Promise<Page<EventWithDataText>> {
  const { eventType, ...rest } = query;
  const range = eventRange(deps, { ...rest, eventTypes: eventType === undefined ? [] : [eventType] });
  const rows = await listEventTextRows(deps.sql, organizationId, range, query.limit + 1, pageBytesMax);
  const shown = rows.slice(0, query.limit);
  const ids = shown.map(({ id }) => id);
  const deliveries = await listDeliveriesOfEvents(deps.sql, organizationId, ids, oldestKeptId(deps));
  const byEvent = Map.groupBy(deliveries, ({ eventId }) => eventId);
  const items = shown.map((row) => toEvent(row, byEvent.get(row.id) ?? []));
  // Fewer rows than asked for: the log ends here, or the page is full of data and there may be more.
  const bytes = shown.reduce((sum, { dataText }) => sum + Buffer.byteLength(dataText), 0);
  const hasMore = rows.length > query.limit || bytes >= pageBytesMax;
  return { items, nextCursor: hasMore ? (items.at(-1)?.id ?? null) : null };
}

export function toEvent(row: EventTextRow, deliveries: readonly EventDeliveryRow[]): EventWithDataText {
  return {
    ...eventHead(row),
    deliveries: deliveries.map((delivery) => ({
      id: encodeId("dlv", delivery.id),
      endpointId: encodeId("ep", delivery.endpointId),
      endpointUrl: delivery.endpointUrl,
      purpose: delivery.purpose,
      state: delivery.state,
      deliveryAttempt: delivery.deliveryAttempt,
      nextAttemptAt: delivery.state === "pending" ? delivery.dueAt.toISOString() : null,
      finishedAt: delivery.finishedAt?.toISOString() ?? null,
    })),
    dataText: row.dataText,
  };
}

/** What a list and a page both show of an event. */
export function eventHead({ id, eventType, eventTimestamp }: Omit<EventTextRow, "dataText">) {
  const publicId = encodeId("evt", id);
  return {
    id: publicId,
    eventId: publicId,
    eventType,
    eventTimestamp: eventTimestamp.toISOString(),
    createdAt: timeOfUuidV7(id).toISOString(),
  };
}
