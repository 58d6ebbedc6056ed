import "server-only";
import { lanes } from "@/lib/domain/delivery-settlement";
import { matchesFilter } from "@/lib/domain/event-filter";
import { matchesEventType } from "@/lib/domain/event-matching";
import {
  insertEvents,
  listSubscribers,
  type NewDelivery,
  type NewEvent,
  type Subscriber,
} from "@/lib/server/db/events";
import type { Sql } from "@/lib/server/db/sql";
import type { Engine } from "./engine";

/** An accepted event, before it is stored. */
export interface AcceptedEvent {
  eventType: string;
  eventTimestamp: Date;
  data: unknown;
  /** The JSON text of `data`, byte for byte as it will be sent. */
  dataText: string;
  idempotencyKey?: string;
  /** Hex of the SHA-256 of the request; goes with the key. */
  bodyHash?: string;
  /** W3C trace context of the request. */
  traceparent?: string | null;
}

export interface FannedOut {
  id: string;
  eventType: string;
  eventTimestamp: Date;
  deliveryCount: number;
}

interface FanOutOptions {
  /** An event about an endpoint is not sent to that endpoint. */
  exceptEndpointId?: string;
}

/**
 * Stores events with a delivery for each endpoint that wants them, in the order given. Runs in the caller's
 * transaction, or alone; the caller wakes the workers after the commit.
 */
export async function fanOut(
  engine: Pick<Engine, "clock" | "newId">,
  sql: Sql,
  organizationId: string,
  accepted: readonly AcceptedEvent[],
  options: FanOutOptions = {},
): Promise<FannedOut[]> {
  const subscribers = (await listSubscribers(sql, organizationId)).filter(
    ({ id }) => id !== options.exceptEndpointId,
  );
  const events: NewEvent[] = [];
  const deliveries: NewDelivery[] = [];
  for (const event of accepted) {
    const eventId = engine.newId();
    const wanted = subscribers.filter((subscriber) => wants(subscriber, event));
    for (const { id, state } of wanted) {
      deliveries.push({
        id: engine.newId(),
        organizationId,
        endpointId: id,
        eventId,
        eventType: event.eventType,
        purpose: "event",
        state: state === "active" ? "pending" : "held",
        lane: lanes.live,
        dueAt: engine.clock(),
        requestedBy: null,
      });
    }
    events.push({
      id: eventId,
      organizationId,
      eventType: event.eventType,
      eventTimestamp: event.eventTimestamp,
      dataText: event.dataText,
      deliveryCount: wanted.length,
      idempotencyKey: event.idempotencyKey ?? null,
      bodyHash: event.bodyHash ?? null,
      traceparent: event.traceparent ?? null,
    });
  }
  await insertEvents(sql, events, deliveries);
  return events.map(({ id, eventType, eventTimestamp, deliveryCount }) => ({
    id,
    eventType,
    eventTimestamp,
    deliveryCount,
  }));
}

function wants({ eventTypes, filter }: Subscriber, event: AcceptedEvent): boolean {
  return (
    matchesEventType(eventTypes, event.eventType) && (filter === null || matchesFilter(filter, event.data))
  );
}
