import { describe, expect, it, vi } from "vitest";
import { encodeId } from "@/lib/domain/ids";
import type { Sql } from "@/lib/server/db/sql";
import { deliveryWorld } from "@/lib/server/testing/delivery-world";
import type { DeliveryAttempt } from "./delivery-attempt";
import { announceExhausted } from "./exhausted";

const world = deliveryWorld();
const triedOnce = { defaultSchedule: false, retrySchedule: [] };

/** An endpoint of the receiver's that wants these types, tried once. */
const addAt = (path: string, eventTypes: string[]) =>
  world.addEndpoint(new URL(path, world.receiver.url).href, { ...triedOnce, eventTypes });

const requestsAt = (path: string) => world.receiver.requests.filter((request) => request.path === path);

async function announcedCount(): Promise<number> {
  const events = await world.deps.sql("SELECT 1 FROM event WHERE event_type = 'webhook.delivery_exhausted'");
  return events.length;
}

describe("a delivery that is given up", () => {
  it("is told to the organization's other endpoints that want to know, each once", async () => {
    world.receiver.answer = ({ path }) => ({ status: path === "/listener" ? 200 : 503 });
    const broken = await addAt("/broken", ["order.placed", "webhook.*"]);
    await addAt("/listener", ["webhook.delivery_exhausted"]);
    await addAt("/other", ["webhook.recovered"]);
    const eventIds = await world.publish(3);
    world.startWorker();
    await vi.waitFor(() => expect(requestsAt("/listener")).toHaveLength(3), { timeout: 10_000 });
    const told = requestsAt("/listener").map(
      ({ body }) => (JSON.parse(body) as { data: { eventId: string } }).data,
    );
    expect(told.map(({ eventId }) => eventId).toSorted()).toEqual(eventIds.map((id) => encodeId("evt", id)));
    expect(told[0]).toEqual({
      endpointId: encodeId("ep", broken.id),
      deliveryId: expect.stringMatching(/^dlv_/) as string,
      eventId: expect.any(String) as string,
      eventType: "order.placed",
      attempts: 1,
      lastStatusCode: 503,
      lastErrorCode: "unexpected_status",
    });
    expect(requestsAt("/broken")).toHaveLength(3);
    expect(requestsAt("/other")).toHaveLength(0);
  });

  it("breeds no more events when those who want to know fail as well", async () => {
    world.receiver.answer = () => ({ status: 500 });
    await addAt("/broken", ["order.placed"]);
    await addAt("/listener", ["webhook.*"]);
    await addAt("/another", ["*"]);
    await world.publish(1);
    world.startWorker();
    // The order to two of them, and word of both failures to the listener and the other one.
    await world.settled("exhausted", 5);
    expect(await announcedCount()).toBe(2);
  });

  it("makes no event that nobody but the endpoint itself would get", async () => {
    world.receiver.answer = () => ({ status: 500 });
    await addAt("/broken", ["order.placed", "webhook.*"]);
    await world.publish(1);
    world.startWorker();
    await world.settled("exhausted");
    expect(await announcedCount()).toBe(0);
  });
});

it("tells of all that one endpoint did not take by a few statements, while it holds the endpoint's lock", async () => {
  const broken = await addAt("/broken", ["order.placed"]);
  await addAt("/listener", ["webhook.*"]);
  const { organizationId } = world.principal;
  const attempts = (await world.publish(50)).map((eventId) => ({
    delivery: {
      id: eventId,
      eventId,
      organizationId,
      endpointId: broken.id,
      purpose: "event",
      eventType: "a.b",
    },
    judgement: { errorCode: "timeout" },
  }));
  let statements = 0;
  const counted: Sql = (text, values) => {
    statements += 1;
    return world.deps.sql(text, values);
  };
  await announceExhausted(world.deps, counted, attempts as unknown as DeliveryAttempt[]);
  expect(await announcedCount()).toBe(50);
  expect(statements).toBeLessThan(5);
});
