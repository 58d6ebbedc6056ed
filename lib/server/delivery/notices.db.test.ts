import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { encodeId } from "@/lib/domain/ids";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import { lockEndpoints } from "@/lib/server/db/lifecycles";
import { sqlTransaction } from "@/lib/server/db/sql";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { createTestMember } from "@/lib/server/testing/test-member";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/server/testing/webhook-receiver";
import { applyEffects } from "./apply-effects";
import { systemActor } from "./engine";
import { fanOut } from "./fan-out";
import { keepHouse } from "./housekeeping";
import { DeliveryWorker } from "./worker";

const database = testDatabase();
const hourMs = 3_600_000;
let deps: Deps;
let principal: Principal;

const testDeps = (variables: Record<string, string> = {}, clock?: () => Date) =>
  createTestDeps(
    database().url,
    { POSTHORN_URL: "https://hooks.example.com", ...variables },
    clock ? { clock } : {},
  );

interface MailRow {
  kind: string;
  recipient: string;
  state: string;
  subject: string;
  html: string;
  text: string;
}

const mails = () => deps.sql<MailRow>("SELECT * FROM mail_outbox ORDER BY id");

/** What the rules decide when an endpoint goes on probation, in a transaction of its own. */
async function startProbation(endpointId: string, before: () => void = () => undefined): Promise<void> {
  await sqlTransaction(deps.pool, async (sql) => {
    const [endpoint] = await lockEndpoints(sql, [endpointId]);
    if (!endpoint) throw new Error("no endpoint");
    const { lifecycle } = endpoint;
    const reason = lifecycle.health.statusReason ?? "Nothing but failures.";
    const transition = { type: "transition", kind: "status", from: "healthy", to: "probation" } as const;
    const effects = [
      { ...transition, reason: "probation_started", detail: reason },
      { type: "notify", notice: "probation_started" } as const,
    ];
    await applyEffects(deps, sql, endpoint, { lifecycle, effects }, systemActor);
    before();
  });
}

afterEach(() => closeTestDeps(deps));

describe("a notice", () => {
  beforeEach(async () => {
    deps = await testDeps();
    principal = await createTestPrincipal(deps);
  });

  it("goes to the admins and the creator of the organization, but not to those who do not want it", async () => {
    const { organizationId } = principal;
    const creator = await createTestMember(deps, organizationId, "developer", "creator@example.com");
    await createTestMember(deps, organizationId, "developer", "other@example.com");
    await createTestMember(deps, organizationId, "admin", "muted@example.com", ["probation_started"]);
    await createTestMember(deps, organizationId, "admin", "muted.else@example.com", ["disabled"]);
    await createTestPrincipal(deps);
    const { id } = await createTestEndpoint(deps, organizationId, "https://a.example/", {
      createdBy: creator,
    });
    await startProbation(id);
    expect((await mails()).map((mail) => mail.recipient).sort()).toEqual(
      [principal.actorLabel, "creator@example.com", "muted.else@example.com"].sort(),
    );
  });

  it("does not go to a creator who has left", async () => {
    const { organizationId } = principal;
    const creator = await createTestMember(deps, organizationId, "developer", "creator@example.com");
    const { id } = await createTestEndpoint(deps, organizationId, "https://a.example/", {
      createdBy: creator,
    });
    await deps.prisma.membership.deleteMany({ where: { userId: creator } });
    await startProbation(id);
    expect((await mails()).map((mail) => mail.recipient)).toEqual([principal.actorLabel]);
  });

  it("leaves with the transaction that decided it", async () => {
    const { id } = await createTestEndpoint(deps, principal.organizationId, "https://a.example/");
    const failing = startProbation(id, () => {
      throw new Error("rolled back");
    });
    await expect(failing).rejects.toThrow("rolled back");
    expect(await mails()).toEqual([]);
  });

  it("is kept where there is no mail server, with the endpoint's own sentence and a link to it", async () => {
    const statusReason = "Nothing but failures since 2026-01-01 10:00 UTC: 14 failed attempts.";
    const { id } = await createTestEndpoint(deps, principal.organizationId, "https://a.example/", {
      statusReason,
    });
    await startProbation(id);
    const [mail] = await mails();
    expect(mail?.state).toBe("kept");
    expect(mail?.text.replace(/\s+/g, " ")).toContain(statusReason);
    expect(mail?.text).toContain(
      `https://hooks.example.com/endpoints/${encodeId("ep", id)}/attempts?outcome=failed`,
    );
  });
});

describe("reminders", () => {
  let now: Date;
  const later = (ms: number) => new Date(now.getTime() + ms);

  beforeEach(async () => {
    now = new Date();
    deps = await testDeps({}, () => now);
    principal = await createTestPrincipal(deps);
  });

  const onProbation = () =>
    createTestEndpoint(deps, principal.organizationId, "https://a.example/", {
      status: "probation",
      statusReason: "Nothing but failures.",
      failingSince: now,
      probationSince: now,
      disablesAt: later(60 * hourMs),
    });

  it("follow every full day of a probation once, however many processes keep house at once", async () => {
    await onProbation();
    const other = await testDeps({}, () => now);
    const houses = () => Promise.all([deps, other, deps, other].map((one) => keepHouse(one, null)));
    try {
      const counts: number[] = [];
      for (const ms of [24 * hourMs - 1, 1, 24 * hourMs - 1, 1, hourMs]) {
        now = later(ms);
        await houses();
        counts.push((await mails()).length);
      }
      expect(counts).toEqual([0, 1, 1, 2, 2]);
      expect((await mails()).map((mail) => mail.kind)).toEqual(["probation_reminder", "probation_reminder"]);
    } finally {
      await closeTestDeps(other);
    }
  });

  it("do not pile up while no process runs, and begin anew with the next probation", async () => {
    const { id } = await onProbation();
    now = later(50 * hourMs);
    await keepHouse(deps, null);
    expect(await mails()).toHaveLength(1);
    await deps.prisma.endpoint.update({ where: { id }, data: { probationSince: now } });
    now = later(23 * hourMs);
    await keepHouse(deps, null);
    expect(await mails()).toHaveLength(1);
    now = later(hourMs);
    await keepHouse(deps, null);
    expect(await mails()).toHaveLength(2);
  });

  it("stop with the probation", async () => {
    const { id } = await onProbation();
    await deps.prisma.endpoint.update({ where: { id }, data: { status: "healthy", probationSince: null } });
    now = later(24 * hourMs);
    await keepHouse(deps, null);
    expect(await mails()).toEqual([]);
  });
});

describe("the lifecycle of a failing endpoint", () => {
  let receiver: WebhookReceiver;
  let worker: DeliveryWorker;

  beforeEach(async () => {
    deps = await testDeps({
      POSTHORN_RETRY_SCHEDULE: "30ms,30ms,30ms,30ms,30ms,30ms",
      POSTHORN_PROBATION_AFTER: "100ms",
      POSTHORN_DISABLE_AFTER: "1h",
    });
    principal = await createTestPrincipal(deps);
    receiver = await startWebhookReceiver(() => ({ status: 500 }));
    worker = new DeliveryWorker(deps);
  });

  afterEach(async () => {
    await worker.stop(500);
    await receiver.close();
  });

  it("is told as it happens: probation, then recovery, in the words of the history", async () => {
    const { id } = await createTestEndpoint(deps, principal.organizationId, receiver.url);
    const data = { number: 1 };
    const event = {
      eventType: "order.placed",
      eventTimestamp: new Date(),
      data,
      dataText: JSON.stringify(data),
    };
    await fanOut(deps, deps.sql, principal.organizationId, [event]);
    worker.start();
    const kinds = async () => (await mails()).map((mail) => mail.kind);
    await vi.waitFor(async () => expect(await kinds()).toEqual(["probation_started"]), { timeout: 10_000 });
    receiver.answer = () => ({ status: 200 });
    await fanOut(deps, deps.sql, principal.organizationId, [event]);
    worker.wake();
    await vi.waitFor(async () => expect(await kinds()).toEqual(["probation_started", "recovered"]), {
      timeout: 10_000,
    });
    const history = await deps.prisma.transition.findMany({
      where: { endpointId: id, kind: "status" },
      orderBy: { id: "asc" },
    });
    const texts = (await mails()).map((mail) => mail.text.replace(/\s+/g, " "));
    expect(history).toHaveLength(2);
    history.forEach(({ detail }, index) => expect(texts[index]).toContain(detail));
  });

  it("is told as it was at that moment, also when more failures are recorded with it", async () => {
    let openGate = () => {};
    const gate = new Promise<void>((resolve) => (openGate = resolve));
    receiver.answer = async (_request, earlier) => {
      if (earlier === 7) openGate();
      await gate;
      return { status: 500 };
    };
    await createTestEndpoint(deps, principal.organizationId, receiver.url, {
      failingSince: new Date(Date.now() - hourMs),
      health: { failureCount: 3 },
    });
    const event = { eventType: "order.placed", eventTimestamp: new Date(), data: {}, dataText: "{}" };
    await fanOut(
      deps,
      deps.sql,
      principal.organizationId,
      Array.from({ length: 8 }, () => event),
    );
    worker.start();
    await vi.waitFor(async () => expect(await mails()).toHaveLength(1), { timeout: 10_000 });
    const [mail] = await mails();
    expect(mail?.text).toContain("4 failed attempts");
    expect(mail?.text).toMatch(/Failed in a row: +4 attempts/);
  });
});
