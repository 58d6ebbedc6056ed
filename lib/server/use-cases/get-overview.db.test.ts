import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { encodeId } from "@/lib/domain/ids";
import { addStatistics } from "@/lib/server/db/record-attempts";
import { foldStatistics } from "@/lib/server/db/statistics";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import { fanOut } from "@/lib/server/delivery/fan-out";
import { keepPartitions } from "@/lib/server/delivery/housekeeping";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { getOverview } from "./get-overview";

const database = testDatabase();
const now = new Date("2026-03-10T12:34:56.000Z");
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
let deps: Deps;
let principal: Principal;

beforeEach(async () => {
  deps = await createTestDeps(database().url, {}, { clock: () => now });
  principal = await createTestPrincipal(deps);
});

afterEach(() => closeTestDeps(deps));

const add = async (changes: Parameters<typeof createTestEndpoint>[3], of = principal) =>
  encodeId("ep", (await createTestEndpoint(deps, of.organizationId, "http://127.0.0.1:9/", changes)).id);

describe("the overview", () => {
  it("lists what needs a person, the most urgent first, and nothing that is meant to be as it is", async () => {
    await add({});
    await add({ state: "disabled", stateReason: "manual" });
    await add({ state: "disabled", stateReason: "created" });
    await add({ state: "validating", stateSince: ago(1), validatingUntil: ago(-60) });
    const validating = await add({ state: "validating", stateSince: ago(30), validatingUntil: ago(-60) });
    const failing = await add({ failingSince: ago(90), statusReason: "Nothing but failures." });
    const gone = await add({ state: "disabled", stateReason: "gone", stateSince: ago(600) });
    const probation = { status: "probation" as const, failingSince: ago(2_000) };
    const later = await add({ ...probation, disablesAt: ago(-500) });
    const soon = await add({ ...probation, disablesAt: ago(-30), statusReason: "Failing since long." });
    const { attention, attentionMoreCount, endpoints } = await getOverview(deps, principal, "24h");
    expect(attention.map(({ id }) => id)).toEqual([soon, later, gone, failing, validating]);
    expect(attention[0]).toMatchObject({ reason: "Failing since long.", disablesAt: ago(-30).toISOString() });
    expect(attention[3]).toMatchObject({ since: ago(90).toISOString() });
    expect(attentionMoreCount).toBe(0);
    expect(endpoints.reduce((sum, { count }) => sum + count, 0)).toBe(9);
  });

  it("counts a warning from where it began, however often an attempt succeeded since", async () => {
    const { organizationId } = principal;
    const { id } = await createTestEndpoint(deps, organizationId, "http://127.0.0.1:9/", {
      status: "warning",
      stateSince: ago(9_000),
      failingSince: ago(2),
    });
    const change = {
      organizationId,
      endpointId: id,
      kind: "status",
      actor: "system",
      actorLabel: "Posthorn",
    };
    for (const [from, to, minutes] of [
      ["warning", "healthy", 800],
      ["healthy", "warning", 400],
    ] as const) {
      await deps.prisma.transition.create({
        data: { ...change, id: deps.newId(), from, to, reason: "counted", at: ago(minutes) },
      });
    }
    const since = async () => (await getOverview(deps, principal, "24h")).attention[0]?.since;
    expect(await since()).toBe(ago(400).toISOString());
    await deps.prisma.endpoint.update({ where: { id }, data: { failingSince: null } });
    expect(await since()).toBe(ago(400).toISOString());
  });

  it("sums the hours of its range, and those of the range before apart", async () => {
    const count = (hour: string, succeeded: boolean, attempts: number) =>
      addStatistics(deps.sql, [
        {
          organizationId: principal.organizationId,
          hour: new Date(hour),
          endpointId: deps.newId(),
          succeeded,
          bucket: 12,
          attempts,
        },
      ]);
    await count("2026-03-10T12:00:00Z", true, 7);
    await count("2026-03-09T13:00:00Z", false, 2);
    await count("2026-03-09T12:00:00Z", true, 5);
    const { items, total, before } = await getOverview(deps, principal, "24h");
    expect(items).toHaveLength(24);
    expect([items[0], items.at(-1)]).toMatchObject([
      { start: "2026-03-09T13:00:00.000Z", attempts: 2, failures: 2 },
      { start: "2026-03-10T12:00:00.000Z", attempts: 7, failures: 0 },
    ]);
    expect(total).toMatchObject({ attempts: 9, failures: 2 });
    expect(before).toMatchObject({ attempts: 5, failures: 0 });
    const week = await getOverview(deps, principal, "7d");
    expect({ hours: week.items.length, attempts: week.total.attempts }).toEqual({ hours: 168, attempts: 14 });
  });

  it("keeps what the week before was counted to, so that the weeks are compared as wholes", async () => {
    const increment = { organizationId: principal.organizationId, succeeded: true, bucket: 12, attempts: 1 };
    const hour = (day: number) => new Date(Date.UTC(2026, 2, day, 12));
    // The 10th is today: a week of days, and the week before it.
    const days = Array.from({ length: 14 }, (_, ago) => 10 - ago);
    await addStatistics(
      deps.sql,
      days.map((day) => ({ ...increment, endpointId: deps.newId(), hour: hour(day) })),
    );
    await foldStatistics(deps.sql);
    await keepPartitions(deps);
    const { total, before } = await getOverview(deps, principal, "7d");
    expect([total.attempts, before.attempts]).toEqual([7, 7]);
  });

  it("knows whether anything was published, tests aside", async () => {
    const publish = (eventType: string) =>
      fanOut(deps, deps.sql, principal.organizationId, [
        { eventType, eventTimestamp: now, data: {}, dataText: "{}" },
      ]);
    await publish("developer.webhook.test");
    expect((await getOverview(deps, principal, "24h")).hasEvents).toBe(false);
    await publish("order.placed");
    expect((await getOverview(deps, principal, "24h")).hasEvents).toBe(true);
  });

  it("is the organization's own", async () => {
    const stranger = await createTestPrincipal(deps);
    await add({ state: "disabled", stateReason: "gone" }, stranger);
    const { attention, endpoints } = await getOverview(deps, principal, "24h");
    expect({ attention, endpoints }).toEqual({ attention: [], endpoints: [] });
  });
});
