import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { uuidV7Floor } from "@/lib/domain/ids";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import { closeTestDeps, createTestDeps } from "@/lib/server/testing/test-deps";
import { type AttemptSelection, listAttemptRows, listAttemptSummaryRows } from "./attempts";
import { ensurePartitions } from "./partitions";
import type { Sql } from "./sql";

const database = testDatabase({ per: "file" });
const dayMs = 86_400_000;
const now = new Date("2026-03-10T12:00:00.000Z");
const organizationId = "00000000-0000-7000-8000-000000000001";
const endpointId = "00000000-0000-7000-8000-0000000000e1";
let deps: Deps;

const all: AttemptSelection = {
  endpointIds: [],
  outcome: null,
  eventTypes: [],
  statuses: [],
  since: null,
  until: null,
  fromId: uuidV7Floor(new Date(now.getTime() - 7 * dayMs)),
  untilId: null,
};

/** 30,000 attempts over three days, one in 20 failed, one in 10 of the endpoint that is asked for. */
beforeAll(async () => {
  deps = await createTestDeps(database().url, {}, { clock: () => now });
  await ensurePartitions(deps.sql, new Date(now.getTime() - 2 * dayMs), 5);
  await deps.sql(
    `INSERT INTO attempt (id, organization_id, endpoint_id, delivery_id, event_id, event_type, event_timestamp, purpose,
       delivery_attempt, delivery_timestamp, succeeded, status_code, duration_ms, timings, method, url, request_headers)
     SELECT (lpad(to_hex((extract(epoch FROM made) * 1000)::bigint), 12, '0') || '7000' || '8000'
         || lpad(to_hex(n), 12, '0'))::uuid, $1::uuid,
       CASE WHEN n % 10 = 0 THEN $2::uuid ELSE gen_random_uuid() END, gen_random_uuid(), gen_random_uuid(),
       'order.placed', made, 'event', 0, made, n % 20 <> 0, CASE WHEN n % 20 = 0 THEN 503 ELSE 200 END, 5, '{}',
       'POST', 'http://localhost/', '[]'
     FROM (SELECT n, $3::timestamptz - n * interval '8 seconds' AS made FROM generate_series(1, 30000) AS n) rows`,
    [organizationId, endpointId, now],
  );
  await deps.sql("ANALYZE attempt");
});

afterAll(() => closeTestDeps(deps));

interface PlanNode {
  "Node Type": string;
  "Index Name"?: string;
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  Plans?: PlanNode[];
}

/** How the database reads what `list` asks for: the nodes that were run. */
async function planOf(list: (sql: Sql) => Promise<unknown>): Promise<PlanNode[]> {
  let plan: PlanNode | undefined;
  const explaining = (async (text: string, values?: readonly unknown[]) => {
    const rows = await deps.sql<{ "QUERY PLAN": [{ Plan: PlanNode }] }>(
      `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
      values,
    );
    plan = rows[0]?.["QUERY PLAN"][0].Plan;
    return [];
  }) as Sql;
  await list(explaining);
  const nodes: PlanNode[] = [];
  const walk = (node: PlanNode) => {
    if (node["Actual Loops"] > 0) nodes.push(node);
    node.Plans?.forEach(walk);
  };
  if (plan) walk(plan);
  return nodes;
}

const read = (nodes: PlanNode[]) =>
  nodes
    .filter((node) => node["Relation Name"]?.startsWith("attempt"))
    .map((node) => ({
      table: node["Relation Name"],
      index: node["Index Name"],
      rows: node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0),
    }));

describe("a page of the log", () => {
  const list = (changes: Partial<AttemptSelection>) => (sql: Sql) =>
    listAttemptSummaryRows(sql, organizationId, { ...all, ...changes }, 51);

  it.each([
    ["of all", {}],
    ["of one endpoint", { endpointIds: [endpointId] }],
    ["of failures", { outcome: "failed" as const }],
    ["of failures of one endpoint", { outcome: "failed" as const, endpointIds: [endpointId] }],
    ["of a status that is no success", { statuses: [{ from: 500, to: 599 }] }],
  ])("%s reads as many rows as it shows, from the newest days only, by index", async (_what, changes) => {
    const reads = read(await planOf(list(changes)));
    expect(reads.every(({ index }) => index !== undefined)).toBe(true);
    expect(reads.reduce((sum, { rows }) => sum + rows, 0)).toBeLessThanOrEqual(60);
    expect(reads.map(({ table }) => table)).not.toContain("attempt_20260308");
  });

  it("of an hour reads the day of that hour only", async () => {
    const since = new Date("2026-03-08T20:00:00Z");
    const until = new Date("2026-03-08T21:00:00Z");
    const reads = read(
      await planOf(list({ since, until, fromId: uuidV7Floor(since), untilId: uuidV7Floor(until) })),
    );
    expect(new Set(reads.map(({ table }) => table))).toEqual(new Set(["attempt_20260308"]));
  });

  it("whole finds each event by its key, also where none is stored any more", async () => {
    const nodes = await planOf((sql) => listAttemptRows(sql, organizationId, all, 51, 1_000_000));
    expect(nodes.filter((node) => node["Node Type"] === "Seq Scan")).toEqual([]);
    expect((await listAttemptRows(deps.sql, organizationId, all, 51, 1_000_000))[0]?.dataText).toBeNull();
  });
});
