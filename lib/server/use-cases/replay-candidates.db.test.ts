import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { encodeId } from "@/lib/domain/ids";
import { ReplayIn, replayScopes } from "@/lib/schemas/replay";
import { listReplayCandidates, type ReplaySelection } from "@/lib/server/db/replays";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import { fanOut } from "@/lib/server/delivery/fan-out";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { dryRunReplay } from "./start-replay";

const database = testDatabase();
let deps: Deps;
let principal: Principal;
let now: Date;
/** Its events have no deliveries but those that a test gives them. */
let endpointId: string;

beforeEach(async () => {
  now = new Date();
  deps = await createTestDeps(database().url, {}, { clock: () => now });
  principal = await createTestPrincipal(deps);
  const { organizationId } = principal;
  const off = { state: "disabled" as const, eventTypes: ["order.*"] };
  endpointId = (await createTestEndpoint(deps, organizationId, "http://127.0.0.1:9/", off)).id;
});
afterEach(() => closeTestDeps(deps));

/** Returns its UUID. */
async function publish(eventType = "order.placed", organizationId = principal.organizationId) {
  const event = { eventType, eventTimestamp: now, data: {}, dataText: "{}" };
  const [stored] = await fanOut(deps, deps.sql, organizationId, [event]);
  return stored?.id ?? "";
}

async function deliver(eventId: string, purpose: string, state: string, to = endpointId): Promise<void> {
  await deps.sql(
    `INSERT INTO delivery (
       id, organization_id, endpoint_id, event_id, event_type, purpose, state, lane, due_at, finished_at)
     VALUES ($1::uuid, $2::uuid, $3::uuid, $4::uuid, 'order.placed', $5::delivery_purpose, $6::delivery_state, 0,
       $7::timestamptz, $7::timestamptz)`,
    [deps.newId(), principal.organizationId, to, eventId, purpose, state, now],
  );
}

const all = {
  scope: "all",
  sinceId: "00000000-0000-0000-0000-000000000000",
  untilId: "ffffffff-ffff-ffff-ffff-ffffffffffff",
  eventTypes: null,
} as const;

async function candidates(selection: Partial<ReplaySelection> = {}): Promise<string[]> {
  const { organizationId } = principal;
  const target = { id: endpointId, publicId: encodeId("ep", endpointId), organizationId };
  const page = { afterId: null, limit: 100, withData: false, among: null };
  const wanted = { ...all, ...selection };
  const found = await listReplayCandidates(deps.sql, { ...target, eventTypes: ["order.*"] }, wanted, page);
  return found.map(({ eventId }) => eventId);
}

describe("what a replay sends again", () => {
  it.each<[string, [purpose: string, state: string][], ReplayIn["scope"][]]>([
    ["an event that was never sent there", [], ["missed", "all"]],
    ["one whose delivery was discarded", [["event", "discarded"]], ["missed", "all"]],
    ["one whose delivery was canceled", [["replay", "canceled"]], ["missed", "all"]],
    ["one that was given up", [["event", "exhausted"]], ["failed", "all"]],
    ["one that arrived", [["event", "succeeded"]], ["all"]],
    [
      "one that was given up, and has arrived since",
      [
        ["event", "exhausted"],
        ["replay", "succeeded"],
      ],
      ["all"],
    ],
    [
      "one that was given up and is on its way again",
      [
        ["event", "exhausted"],
        ["replay", "pending"],
      ],
      [],
    ],
    ["one that waits for the endpoint's test", [["event", "held"]], []],
    ["one that only a test has carried there", [["test", "succeeded"]], ["missed", "all"]],
  ])("%s", async (_what, deliveries, scopes) => {
    const eventId = await publish();
    for (const [purpose, state] of deliveries) await deliver(eventId, purpose, state);
    const found = [];
    for (const scope of replayScopes) if ((await candidates({ scope })).length > 0) found.push(scope);
    expect(found.toSorted()).toEqual(scopes.toSorted());
  });

  it("is what happened at this endpoint, whatever happened at others", async () => {
    const eventId = await publish();
    const { id: other } = await createTestEndpoint(deps, principal.organizationId, "http://127.0.0.1:9/");
    await deliver(eventId, "event", "succeeded", other);
    expect(await candidates({ scope: "missed" })).toEqual([eventId]);
  });

  it("is of the endpoint's organization alone", async () => {
    const stranger = await createTestPrincipal(deps);
    await publish("order.placed", stranger.organizationId);
    const own = await publish();
    for (const scope of replayScopes.filter((name) => name !== "failed"))
      expect(await candidates({ scope })).toEqual([own]);
  });

  it("is from the first moment on and before the last, the oldest first", async () => {
    const ids: string[] = [];
    for (let count = 0; count < 4; count += 1) ids.push(await publish());
    const [, sinceId, , untilId] = ids;
    expect(await candidates({ sinceId, untilId })).toEqual(ids.slice(1, 3));
  });

  it("is of the types that were asked for, among those that the endpoint subscribes to", async () => {
    await publish("invoice.paid");
    await publish("orders.placed");
    const placed = await publish("order.placed");
    const shipped = await publish("order.item.shipped");
    expect(await candidates()).toEqual([placed, shipped]);
    expect(await candidates({ eventTypes: ["order.item.*", "invoice.*"] })).toEqual([shipped]);
  });

  it("is not what is past the retention, however early it is asked from", async () => {
    const asked = ReplayIn.parse({ since: "2020-01-01T00:00:00Z", scope: "all" });
    await publish();
    expect(await dryRunReplay(deps, principal, endpointId, asked)).toMatchObject({ matched: 1 });
    now = new Date(now.getTime() + deps.settings.retentionMs + 1);
    expect(await dryRunReplay(deps, principal, endpointId, asked)).toMatchObject({ matched: 0 });
  });
});
