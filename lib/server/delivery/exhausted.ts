import "server-only";
import { encodeId } from "@/lib/domain/ids";
import { matchesEventType } from "@/lib/domain/event-matching";
import { listSubscribers } from "@/lib/server/db/events";
import type { Sql } from "@/lib/server/db/sql";
import type { DeliveryAttempt } from "./delivery-attempt";
import type { Engine } from "./engine";
import { fanOut } from "./fan-out";

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
  for (const attempt of exhausted) {
    const { delivery, judgement, statusCode } = attempt;
    if (!isTraffic(attempt)) continue;
    const { organizationId, endpointId } = delivery;
    let listeners = listening.get(organizationId);
    if (!listeners) {
      const subscribers = await listSubscribers(sql, organizationId);
      listeners = subscribers
        .filter((one) => matchesEventType(one.eventTypes, eventType))
        .map((one) => one.id);
      listening.set(organizationId, listeners);
    }
    if (!listeners.some((id) => id !== endpointId)) continue;
    const data = {
      endpointId: encodeId("ep", endpointId),
      deliveryId: encodeId("dlv", delivery.id),
      eventId: encodeId("evt", delivery.eventId),
      eventType: delivery.eventType,
      attempts: delivery.deliveryAttempt + 1,
      lastStatusCode: statusCode,
      lastErrorCode: judgement.errorCode,
    };
    const event = { eventType, eventTimestamp: engine.clock(), data, dataText: JSON.stringify(data) };
    await fanOut(engine, sql, organizationId, [event], { exceptEndpointId: endpointId });
  }
}

function isTraffic({ delivery }: DeliveryAttempt): boolean {
  return (
    (delivery.purpose === "event" || delivery.purpose === "replay") &&
    !delivery.eventType.startsWith("webhook.")
  );
}
