import { expect, test } from "@playwright/test";
import { startWebhookReceiver } from "../lib/server/testing/webhook-receiver.ts";
import { Api } from "./fixtures/api.ts";
import { startInstance, type Instance } from "./fixtures/instance.ts";

let instance: Instance;

test.beforeAll(async () => {
  instance = await startInstance({
    POSTHORN_WORKER_CONCURRENCY: "500",
    POSTHORN_ENDPOINT_CONCURRENCY: "500",
  });
});

test.afterAll(() => instance.remove());

const eventType = "scheduling.smartscheduler.scheduled";

test("kill -9 of the server with 500 deliveries in flight loses none and repeats only those", async () => {
  test.setTimeout(240_000);
  const api = new Api(instance.url);
  let open: (() => void)[] = [];
  const receiver = await startWebhookReceiver();
  try {
    const { id } = await api.createEndpoint(receiver.url);
    await api.activate(id);
    // Every request stays open until the crash, so that it is really in flight.
    receiver.answer = () => new Promise((resolve) => open.push(() => resolve({ status: 200 })));
    const data = await api.example(eventType);
    const accepted: string[] = [];
    for (let batch = 0; batch < 6; batch += 1) {
      const events = Array.from({ length: 100 }, () => ({ eventType, data }));
      const { items } = await api.ok("POST", "/events/batch", { events });
      accepted.push(...items.map((item: { eventId: string }) => item.eventId));
    }
    await expect.poll(() => open.length, { timeout: 60_000 }).toBe(500);
    const inFlight = new Set(receiver.requests.slice(1).map(({ headers }) => headers["webhook-id"]));
    expect(inFlight.size).toBe(500);

    await instance.kill("server");
    open = [];
    receiver.answer = () => ({ status: 200 });
    await instance.start();

    const arrivals = new Map<string, number>();
    const count = () => {
      arrivals.clear();
      for (const { headers } of receiver.requests) {
        const event = String(headers["webhook-id"]);
        arrivals.set(event, (arrivals.get(event) ?? 0) + 1);
      }
      return accepted.filter(
        (event) => arrivals.has(event) && (inFlight.has(event) ? arrivals.get(event) === 2 : true),
      ).length;
    };
    await expect.poll(count, { timeout: 60_000 }).toBe(600);
    for (const [event, times] of arrivals) expect(times).toBeLessThanOrEqual(inFlight.has(event) ? 2 : 1);
    await expect
      .poll(async () => (await api.ok("GET", `/events/${accepted[0]}`)).deliveries[0].state, {
        timeout: 30_000,
      })
      .toBe("succeeded");
  } finally {
    await receiver.close();
  }
});

test("kill -9 of everything at once needs no hand at the next start", async () => {
  test.setTimeout(240_000);
  const api = new Api(instance.url);
  const receiver = await startWebhookReceiver();
  try {
    const { id } = await api.createEndpoint(receiver.url);
    await api.activate(id);
    receiver.answer = () => "never";
    const data = await api.example(eventType);
    const { items } = await api.ok("POST", "/events/batch", {
      events: Array.from({ length: 20 }, () => ({ eventType, data })),
    });
    await expect.poll(() => receiver.requests.length).toBe(21);
    await instance.kill("launcher", "server", "postgres");
    receiver.answer = () => ({ status: 200 });
    receiver.requests.length = 0;
    await instance.start();
    const arrived = () => new Set(receiver.requests.map(({ headers }) => headers["webhook-id"])).size;
    await expect.poll(arrived, { timeout: 60_000 }).toBe(items.length);
  } finally {
    await receiver.close();
  }
});

test("SIGTERM ends with exit code 0, and nothing is sent twice", async () => {
  test.setTimeout(240_000);
  const api = new Api(instance.url);
  const receiver = await startWebhookReceiver();
  try {
    const { id } = await api.createEndpoint(receiver.url);
    await api.activate(id);
    let finish: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (finish = resolve));
    receiver.answer = async () => {
      await gate;
      return { status: 200 };
    };
    const data = await api.example(eventType);
    const { items } = await api.ok("POST", "/events/batch", {
      events: Array.from({ length: 40 }, () => ({ eventType, data })),
    });
    await expect.poll(() => receiver.requests.length).toBe(41);
    const stopped = instance.stop();
    finish();
    expect(await stopped).toBe(0);
    await instance.start();
    const [first] = await new Api(instance.url).attempts(id, "&outcome=succeeded");
    expect(first).toMatchObject({ outcome: "succeeded" });
    const sent = receiver.requests.map(({ headers }) => headers["webhook-id"]);
    expect(new Set(sent).size).toBe(items.length + 1);
    expect(sent).toHaveLength(items.length + 1);
  } finally {
    await receiver.close();
  }
});
