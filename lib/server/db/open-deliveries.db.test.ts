import { afterEach, beforeEach, expect, it } from "vitest";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import {
  cancelTests,
  cancelValidations,
  discardOpen,
  holdPending,
  reconcileHeld,
  releaseHeld,
} from "./open-deliveries";

const database = testDatabase();
let deps: Deps;
let organizationId: string;

beforeEach(async () => {
  deps = await createTestDeps(database().url);
  ({ organizationId } = await createTestPrincipal(deps));
});
afterEach(() => closeTestDeps(deps));

/** One delivery of each kind, by its purpose, its state and whether a worker has it at this moment. */
const kinds = [
  "event pending",
  "event pending in flight",
  "event pending by a worker that is late",
  "replay pending",
  "validation pending",
  "validation pending in flight",
  "test pending",
  "test pending in flight",
  "event held",
  "replay held",
  "event succeeded",
];

async function addEndpoint(state: "active" | "validating" | "disabled" = "active"): Promise<string> {
  const { id } = await createTestEndpoint(deps, organizationId, "http://127.0.0.1:9/", { state });
  for (const kind of kinds) {
    const [purpose, deliveryState] = kind.split(" ");
    const lease = kind.includes("in flight") ? "1 hour" : kind.includes("late") ? "-1 hour" : null;
    await deps.sql(
      `INSERT INTO delivery (id, organization_id, endpoint_id, event_id, event_type, purpose, state, lane, due_at,
         requested_by, lease_id, lease_until)
       VALUES ($1::uuid, $2::uuid, $3::uuid, $1::uuid, 'a.b', $4::delivery_purpose, $5::delivery_state, 0,
         now() - interval '1 day', $6, CASE WHEN $7::text IS NOT NULL THEN $1::uuid END, now() + $7::interval)`,
      [deps.newId(), organizationId, id, purpose, deliveryState, kind, lease],
    );
  }
  return id;
}

interface Row {
  kind: string;
  state: string;
  isLeased: boolean;
  isFinished: boolean;
}

const rowsOf = (endpointId: string) =>
  deps.sql<Row>(
    `SELECT requested_by AS kind, state::text AS state, lease_id IS NOT NULL AS "isLeased",
       finished_at IS NOT NULL AS "isFinished"
     FROM delivery WHERE endpoint_id = $1::uuid ORDER BY id`,
    [endpointId],
  );

type Change = (endpointId: string) => Promise<unknown>;
const now = () => deps.clock();

it.each<[string, Change, string, kinds: string[]]>([
  [
    "holdPending",
    (id) => holdPending(deps.sql, id),
    "held",
    ["event pending", "event pending by a worker that is late", "replay pending"],
  ],
  ["releaseHeld", (id) => releaseHeld(deps.sql, id, now()), "pending", ["event held", "replay held"]],
  [
    "discardOpen",
    (id) => discardOpen(deps.sql, id, now()),
    "discarded",
    [
      "event pending",
      "event pending by a worker that is late",
      "replay pending",
      "event held",
      "replay held",
    ],
  ],
  [
    "cancelValidations",
    (id) => cancelValidations(deps.sql, id, now()),
    "canceled",
    ["validation pending", "validation pending in flight"],
  ],
  [
    "cancelTests",
    (id) => cancelTests(deps.sql, id, now()),
    "canceled",
    ["test pending", "test pending in flight"],
  ],
])("%s changes what it is for, of this endpoint alone", async (_name, change, state, changedKinds) => {
  const [endpointId, other] = [await addEndpoint(), await addEndpoint()];
  const [before, others] = [await rowsOf(endpointId), await rowsOf(other)];
  await change(endpointId);
  const isFinished = state === "discarded" || state === "canceled";
  expect(await rowsOf(endpointId)).toEqual(
    before.map((row) =>
      changedKinds.includes(row.kind) ? { ...row, state, isLeased: false, isFinished } : row,
    ),
  );
  expect(await rowsOf(other)).toEqual(others);
});

it("what was held becomes due in the order in which it was made, and not before its time", async () => {
  const endpointId = await addEndpoint();
  await deps.sql("UPDATE delivery SET due_at = now() + interval '1 hour' WHERE requested_by = 'replay held'");
  await holdPending(deps.sql, endpointId);
  await releaseHeld(deps.sql, endpointId, now());
  const rows = await deps.sql<{ kind: string; isDue: boolean }>(
    `SELECT requested_by AS kind, due_at <= now() AS "isDue" FROM delivery
     WHERE state = 'pending' AND lease_id IS NULL AND purpose IN ('event', 'replay') ORDER BY due_at`,
  );
  expect(rows).toEqual([
    { kind: "event pending", isDue: true },
    { kind: "event pending by a worker that is late", isDue: true },
    { kind: "replay pending", isDue: true },
    { kind: "event held", isDue: true },
    { kind: "replay held", isDue: false },
  ]);
});

it("what is held follows an endpoint that is active, ends with one that is off, and waits for its test", async () => {
  const [active, validating, disabled] = [
    await addEndpoint("active"),
    await addEndpoint("validating"),
    await addEndpoint("disabled"),
  ];
  expect(await reconcileHeld(deps.sql, now())).toBe(4);
  const heldOf = async (id: string) => (await rowsOf(id)).filter(({ kind }) => kind.endsWith(" held"));
  const all = (state: string, isFinished: boolean) =>
    ["event held", "replay held"].map((kind) => ({ kind, state, isLeased: false, isFinished }));
  expect(await heldOf(active)).toEqual(all("pending", false));
  expect(await heldOf(validating)).toEqual(all("held", false));
  expect(await heldOf(disabled)).toEqual(all("discarded", true));
});
