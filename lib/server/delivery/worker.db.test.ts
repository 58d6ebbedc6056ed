import { describe, expect, it, vi } from "vitest";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { createTestPrincipal } from "@/lib/server/testing/test-deps";
import { deliveryWorld } from "@/lib/server/testing/delivery-world";
import { startWebhookReceiver } from "@/lib/server/testing/webhook-receiver";
import { lockEndpoint } from "@/lib/server/db/lifecycles";
import { applyEffects } from "./apply-effects";
import { systemActor } from "./engine";
import { noObserver } from "./observer";

const world = deliveryWorld();

describe("several workers", () => {
  it("deliver everything, each once", async () => {
    // None of them is sent again because a busy machine was slow to answer.
    for (let count = 0; count < 2; count += 1) await world.addEndpoint(undefined, { timeoutSeconds: 30 });
    await world.publish(300);
    const [first, second] = [world.startWorker(), world.startWorker()];
    await world.settled("succeeded", 600);
    expect(world.receiver.requests).toHaveLength(600);
    // A worker counts what the database has just told it was recorded; we may have been told before.
    await vi.waitFor(() => expect(first.totals.succeeded + second.totals.succeeded).toBe(600));
    expect(await world.attempts()).toHaveLength(600);
  });

  it("record an attempt whose lease was lost, and leave the delivery to its new holder", async () => {
    let release: () => void = () => undefined;
    world.receiver.answer = () => new Promise((resolve) => (release = () => resolve({ status: 500 })));
    await world.addEndpoint();
    await world.publish();
    const worker = world.startWorker();
    await vi.waitFor(() => expect(world.receiver.requests).toHaveLength(1));
    const holder = "018f2b6a-91a4-7c3e-8d15-2f60c7a4e9b1";
    await world.deps.sql("UPDATE delivery SET lease_id = $1::uuid", [holder]);
    release();
    await vi.waitFor(() => expect(worker.totals.lostLeases).toBe(1));
    expect(await world.attempts()).toMatchObject([{ succeeded: false, next_attempt_at: null }]);
    expect(await world.deliveries()).toEqual([{ state: "pending", delivery_attempt: 0, lease_id: holder }]);
  });
});

describe("a slow endpoint", () => {
  it("does not keep the others waiting, also when its backlog comes first", async () => {
    const hanging = await startWebhookReceiver(() => "never");
    try {
      await world.addEndpoint(hanging.url);
      // More than one claim reads: the queue begins with what cannot be sent.
      await world.publish(1_500);
      const other = await createTestPrincipal(world.deps);
      await createTestEndpoint(world.deps, other.organizationId, world.receiver.url);
      world.startWorker();
      await vi.waitFor(() => expect(hanging.requests.length).toBe(8));
      await world.publish(50, other.organizationId);
      await vi.waitFor(() => expect(world.receiver.requests).toHaveLength(50), { timeout: 3_000 });
      expect(hanging.requests.length).toBeLessThan(60);
    } finally {
      await hanging.close();
    }
  });
});

describe("a worker that holds all that it may", () => {
  it("is not taken for one whose loop stands still", async () => {
    world.receiver.answer = () => "never";
    for (let count = 0; count < 3; count += 1) await world.addEndpoint(undefined, { timeoutSeconds: 30 });
    await world.publish(10);
    const settings = { ...world.deps.settings, concurrency: 1 };
    const worker = world.startWorker({ ...world.deps, settings });
    await vi.waitFor(() => expect(worker.totals.claimed).toBe(20));
    await vi.waitFor(() => expect(worker.loopAgeMs).toBeGreaterThan(100));
    worker.wake();
    expect(worker.loopAgeMs).toBeLessThan(100);
  });
});

describe("what waits behind an endpoint that stalls", () => {
  it("is not sent any more once the endpoint was disabled", async () => {
    const open: (() => void)[] = [];
    await world.addEndpoint(world.receiver.url, { timeoutSeconds: 30 });
    await world.publish(100);
    const worker = world.startWorker();
    // Fast at first, so that more is claimed ahead than is sent at once; then it stalls.
    await world.settled("succeeded", 100);
    world.receiver.answer = () => new Promise((resolve) => open.push(() => resolve({ status: 200 })));
    await world.publish(60);
    worker.wake();
    await vi.waitFor(() => expect(open).toHaveLength(8));
    const before = world.receiver.requests.length;
    await world.deps.sql("UPDATE endpoint SET state = 'disabled'");
    await vi.waitFor(
      () => expect(Date.now() - (world.receiver.requests.at(-1)?.at.getTime() ?? 0)).toBeGreaterThan(1_100),
      5_000,
    );
    for (const answer of open) answer();
    await vi.waitFor(async () => {
      const [row] = await world.deps.sql<{ count: number }>(
        "SELECT count(*)::integer AS count FROM delivery WHERE state = 'discarded'",
      );
      expect(row?.count).toBe(52);
    }, 5_000);
    expect(world.receiver.requests).toHaveLength(before);
  });
});

describe("a worker that has taken all there was", () => {
  it("neither looks for more nor records after every single delivery", async () => {
    // One after the other, as answers of receivers come that take their time.
    world.receiver.answer = (_request, earlier) =>
      new Promise((resolve) => setTimeout(() => resolve({ status: 200 }), 5 * earlier));
    for (let count = 0; count < 10; count += 1)
      await world.addEndpoint(world.receiver.url, { timeoutSeconds: 30 });
    await world.publish(6);
    let claims = 0;
    const begunAtMs: number[] = [];
    const observe = {
      ...noObserver,
      claimed: () => (claims += 1),
      recorded: (durationMs: number) => begunAtMs.push(performance.now() - durationMs),
    };
    const startedAtMs = performance.now();
    world.startWorker({ ...world.deps, observe });
    await world.settled("succeeded", 60);
    const elapsedMs = performance.now() - startedAtMs;
    expect(claims).toBeLessThan(6 + elapsedMs / 20);
    const pausesMs = begunAtMs.slice(1).map((atMs, index) => atMs - (begunAtMs[index] ?? 0));
    // Ten, less what a timer may be early.
    expect(Math.min(...pausesMs)).toBeGreaterThan(8);
  });

  it("takes what is published after that at once", async () => {
    await world.addEndpoint();
    await world.publish();
    const worker = world.startWorker();
    await world.settled("succeeded");
    // Longer than a poll, in turns: what the poll finds would come late in one of them at least.
    for (let turn = 1; turn <= 10; turn += 1) {
      await world.publish();
      const publishedAtMs = performance.now();
      worker.wake();
      await vi.waitFor(() => expect(world.receiver.requests).toHaveLength(1 + turn), { interval: 2 });
      expect(performance.now() - publishedAtMs).toBeLessThan(900);
    }
  });
});

describe("an endpoint that cannot be read here", () => {
  it.each([
    [
      "its secrets do not open",
      "UPDATE endpoint_secret SET sealed = 'v1.unknown.a.b.c' WHERE endpoint_id = $1::uuid",
    ],
    ["its URL is none", "UPDATE endpoint SET url = 'nowhere' WHERE id = $1::uuid"],
    ["its URL is not of HTTP", "UPDATE endpoint SET url = 'ftp://127.0.0.1/' WHERE id = $1::uuid"],
  ])("waits because %s, and keeps nobody else waiting", async (_, breaks) => {
    const broken = await world.addEndpoint();
    await world.deps.sql(breaks, [broken.id]);
    await world.addEndpoint();
    await world.publish();
    world.startWorker();
    await vi.waitFor(async () => {
      const rows = await world.deliveries();
      expect(rows.map((row) => [row.state, row.lease_id]).sort()).toEqual([
        ["pending", null],
        ["succeeded", null],
      ]);
    });
    expect(await world.attempts()).toHaveLength(1);
  });

  it("does not keep what others were answered from being recorded, also when it is to be challenged", async () => {
    const changes = { state: "validating", verificationMethod: "challenge" } as const;
    const { id } = await world.addEndpoint("ftp://127.0.0.1/", changes);
    await world.deps.transaction(async ({ sql }) => {
      const endpoint = await lockEndpoint(sql, world.principal.organizationId, id);
      const effects = [{ type: "start-validation" } as const];
      await applyEffects(
        world.deps,
        sql,
        endpoint!,
        { lifecycle: endpoint!.lifecycle, effects },
        systemActor,
      );
    });
    world.startWorker();
    await vi.waitFor(async () => {
      const [row] = await world.deps.sql<{ waits: boolean }>(
        "SELECT due_at > now() + interval '30 s' AND lease_id IS NULL AS waits FROM delivery",
      );
      expect(row?.waits).toBe(true);
    });
  });
});

describe("stopping", () => {
  it("lets what is in flight end and gives back the rest", async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    world.receiver.answer = async () => {
      await gate;
      return { status: 200 };
    };
    await world.addEndpoint();
    await world.publish(20);
    const worker = world.startWorker();
    await vi.waitFor(() => expect(world.receiver.requests).toHaveLength(8));
    const stopped = worker.stop(5_000);
    release();
    await stopped;
    const rows = await world.deliveries();
    expect(rows.filter((row) => row.state === "succeeded")).toHaveLength(8);
    expect(rows.filter((row) => row.state === "pending" && row.lease_id === null)).toHaveLength(12);
    expect(world.receiver.requests).toHaveLength(8);
  });

  it("begins nothing of what is just being claimed", async () => {
    await world.addEndpoint();
    await world.publish(20);
    const worker = world.startWorker();
    await worker.stop(5_000);
    expect(worker.totals.claimed).toBeGreaterThan(0);
    expect(await world.deliveries()).toEqual(
      Array.from({ length: 20 }, () => ({ state: "pending", delivery_attempt: 0, lease_id: null })),
    );
    expect(world.receiver.requests).toEqual([]);
  });
});
