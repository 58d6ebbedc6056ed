import "server-only";
import { leaseDemoDeliveries } from "@/lib/server/db/demo";
import { insertEvents } from "@/lib/server/db/events";
import { insertTransitions, storeLifecycles } from "@/lib/server/db/lifecycles";
import {
  addStatistics,
  insertAttempts,
  updateLeasedDeliveries,
  type DeliveryUpdate,
} from "@/lib/server/db/record-attempts";
import type { Sql } from "@/lib/server/db/sql";
import type { SimulatedDelivery, SimulatedWeek } from "./simulated-week";

/** A JSON parameter of a few megabytes: large enough to be quick, small enough for any server's memory. */
const rowsAtOnce = 1_000;

/**
 * Writes a week with the statements of the engine, in the caller's transaction: until it commits, no worker sees a
 * delivery that has ended already.
 */
export async function storeWeek(
  sql: Sql,
  organizationId: string,
  leaseId: string,
  week: SimulatedWeek,
): Promise<void> {
  const byEvent = Map.groupBy(week.deliveries, (delivery) => delivery.event.id);
  for (const events of chunks(week.events)) {
    const deliveries = events.flatMap((event) =>
      (byEvent.get(event.id) ?? []).map((one) => newDelivery(organizationId, one)),
    );
    await insertEvents(sql, events, deliveries);
  }
  await leaseDemoDeliveries(sql, organizationId, leaseId);
  for (const deliveries of chunks(week.deliveries)) {
    await updateLeasedDeliveries(
      sql,
      deliveries.map((delivery) => ending(delivery, leaseId)),
    );
  }
  for (const attempts of chunks(week.attempts)) await insertAttempts(sql, attempts);
  for (const statistics of chunks(week.statistics)) await addStatistics(sql, statistics);
  await insertTransitions(sql, week.transitions);
  await storeLifecycles(sql, week.endpoints);
}

function newDelivery(
  organizationId: string,
  { id, endpoint, event, purpose, dueAt, requestedBy }: SimulatedDelivery,
) {
  const about = { endpointId: endpoint.id, eventId: event.id, eventType: event.eventType };
  return { id, organizationId, ...about, purpose, state: "pending" as const, lane: 0, dueAt, requestedBy };
}

function ending(delivery: SimulatedDelivery, leaseId: string): DeliveryUpdate {
  const { id, state, lane, deliveryAttempt, scheduleBase, dueAt, finishedAt } = delivery;
  return { id, leaseId, state, lane, deliveryAttempt, scheduleBase, dueAt, finishedAt };
}

function* chunks<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let start = 0; start < items.length; start += rowsAtOnce) yield items.slice(start, start + rowsAtOnce);
}
