import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { deliveryWorld } from "@/lib/server/testing/delivery-world";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/server/testing/webhook-receiver";
import { updateEndpoint } from "./update-endpoint";

const world = deliveryWorld();
const count = 60;
let unproved: WebhookReceiver;

beforeEach(async () => {
  unproved = await startWebhookReceiver(() => ({ status: 500 }));
});
afterEach(() => unproved.close());

/** An endpoint whose worker has more of its deliveries than it has sent: the rate limit makes them wait. */
async function endpointWithSomeClaimed(): Promise<string> {
  const { id } = await world.addEndpoint(world.receiver.url, { rateLimitPerSecond: 20 });
  await world.publish(count);
  world.startWorker();
  await vi.waitFor(() => expect(world.receiver.requests.length).toBeGreaterThan(2), 5_000);
  return id;
}

const typesOf = ({ requests }: WebhookReceiver) =>
  requests.map(({ body }) => (JSON.parse(body) as { eventType: string }).eventType);

it("sends nothing but the test to a changed URL, also of what was claimed for the old one", async () => {
  const id = await endpointWithSomeClaimed();
  await updateEndpoint(world.deps, world.principal, id, { url: unproved.url });
  await vi.waitFor(() => expect(unproved.requests.length).toBeGreaterThan(4), 10_000);
  expect(new Set(typesOf(unproved))).toEqual(new Set(["developer.webhook.test"]));
  await vi.waitFor(async () => {
    const held = (await world.deliveries()).filter(({ state }) => state === "held");
    expect(held).toHaveLength(count - world.receiver.requests.length);
  }, 5_000);
});

it("sends nothing but the test after an endpoint was disabled and activated again", async () => {
  const id = await endpointWithSomeClaimed();
  await updateEndpoint(world.deps, world.principal, id, { state: "disabled" });
  world.receiver.answer = () => ({ status: 500 });
  await updateEndpoint(world.deps, world.principal, id, { state: "active" });
  const isTest = (type: string) => type === "developer.webhook.test";
  await vi.waitFor(() => expect(typesOf(world.receiver).filter(isTest).length).toBeGreaterThan(4), 10_000);
  const types = typesOf(world.receiver);
  expect(types.slice(types.findIndex(isTest)).every(isTest)).toBe(true);
});
