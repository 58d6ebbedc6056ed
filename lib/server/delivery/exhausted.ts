import "server-only";
import { encodeId } from "@/lib/domain/ids";
import { matchesEventType } from "@/lib/domain/event-matching";
import { listSubscribers } from "@/lib/server/db/events";
import type { Sql } from "@/lib/server/db/sql";
import type { DeliveryAttempt } from "./delivery-attempt";
import type { Engine } from "./engine";
import { fanOut, type AcceptedEvent } from "./fan-out";

const eventType = "webhook.delivery_exhausted";

/**
 * Tells the organization's other endpoints which deliveries were given up. Never about an operational event, so that
 * failures do not breed events; and only where somebody listens, because a broken receiver can exhaust thousands.
 */
export async function announceExhausted(
  engine: Pick<Engine, "clock" | "newId">,
  sql: Sql,
  exhausted: readonly DeliveryAttempt[],
): Promise<void> {
  const listening = new Map<string, string[]>();
  // All of one endpoint at once: the batch holds the locks of its endpoints meanwhile.
  for (const [endpointId, attempts] of Map.groupBy(exhausted.filter(isTraffic), endpointOf)) {
    const organizationId = attempts[0]!.delivery.organizationId;
    let listeners = listening.get(organizationId);
    if (!listeners) {
      const subscribers = await listSubscribers(sql, organizationId);
      listeners = subscribers
        .filter((one) => matchesEventType(one.eventTypes, eventType))
        .map((one) => one.id);
      listening.set(organizationId, listeners);
    }
    if (!listeners.some((id) => id !== endpointId)) continue;
    const events = attempts.map((attempt) => eventOf(attempt, engine.clock()));
    await fanOut(engine, sql, organizationId, events, { exceptEndpointId: endpointId });
  }
}

const endpointOf = ({ delivery }: DeliveryAttempt) => delivery.endpointId;

function eventOf({ delivery, judgement, statusCode }: DeliveryAttempt, now: Date): AcceptedEvent {
  const data = {
    endpointId: encodeId("ep", delivery.endpointId),
    deliveryId: encodeId("dlv", delivery.id),
    eventId: encodeId("evt", delivery.eventId),
    eventType: delivery.eventType,
    attempts: delivery.deliveryAttempt + 1,
    lastStatusCode: statusCode,
    lastErrorCode: judgement.errorCode,
  };
  return { eventType, eventTimestamp: now, data, dataText: JSON.stringify(data) };
}

function isTraffic({ delivery }: DeliveryAttempt): boolean {
  return (
    (delivery.purpose === "event" || delivery.purpose === "replay") &&
    !delivery.eventType.startsWith("webhook.")
  );
}
