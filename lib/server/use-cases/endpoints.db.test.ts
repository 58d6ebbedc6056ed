import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { encodeId } from "@/lib/domain/ids";
import { endpointsMax } from "@/lib/domain/limits";
import { EndpointIn, EndpointListQuery, EndpointPatch } from "@/lib/schemas/endpoint";
import { RotateSecretIn } from "@/lib/schemas/endpoint-secret";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import { fanOut } from "@/lib/server/delivery/fan-out";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { activateEndpoint } from "./activate-endpoint";
import { createEndpoint } from "./create-endpoint";
import { deleteEndpoint } from "./delete-endpoint";
import { disableEndpoint } from "./disable-endpoint";
import { getEndpoint } from "./get-endpoint";
import { listEndpoints } from "./list-endpoints";
import { listTransitions } from "./list-transitions";
import { rotateSecret } from "./rotate-secret";
import { showSecret } from "./show-secret";
import { testEndpoint } from "./test-endpoint";
import { updateEndpoint } from "./update-endpoint";

const database = testDatabase();
let deps: Deps;
let principal: Principal;
let stranger: Principal;

beforeEach(async () => {
  deps = await createTestDeps(database().url);
  principal = await createTestPrincipal(deps, "developer");
  stranger = await createTestPrincipal(deps);
});

afterEach(() => closeTestDeps(deps));

const url = "http://127.0.0.1:4319/webhooks";
const input = (changes: object = {}) => EndpointIn.parse({ url, ...changes });
const patch = (changes: object) => EndpointPatch.parse(changes);
const page = { limit: 50 };

async function create(changes: object = {}): Promise<string> {
  await createEndpoint(deps, principal, input(changes));
  const [row] = await deps.sql<{ id: string }>("SELECT id FROM endpoint ORDER BY id DESC LIMIT 1");
  return row?.id ?? "";
}

async function publish(organizationId = principal.organizationId): Promise<void> {
  const event = {
    eventType: "organization.domains.changed",
    eventTimestamp: deps.clock(),
    data: {},
    dataText: "{}",
  };
  await fanOut(deps, deps.sql, organizationId, [event]);
}

const deliveryStates = async (purpose = "event") =>
  (
    await deps.sql<{ state: string }>(
      "SELECT state::text AS state FROM delivery WHERE purpose = $1::delivery_purpose ORDER BY id",
      [purpose],
    )
  ).map(({ state }) => state);

const versionOf = async (id: string) =>
  (await deps.sql<{ version: number }>("SELECT version FROM endpoint WHERE id = $1::uuid", [id]))[0]?.version;

describe("creating an endpoint", () => {
  it("makes it disabled, subscribed to everything, with the instance's defaults and a secret of its own", async () => {
    const made = await createEndpoint(deps, principal, input());
    expect(made).toMatchObject({
      url,
      description: "",
      eventTypes: ["*"],
      filter: null,
      state: "disabled",
      status: "healthy",
      statusReason: null,
      successStatus: "200",
      onGone: "retry",
      timeoutSeconds: 10,
      retrySchedule: null,
      rateLimitPerSecond: null,
      verification: { method: "test_event", challengeHeader: "webhook-verification-challenge" },
      failurePolicy: { preset: "chronic" },
      headers: {},
    });
    expect(made).not.toHaveProperty("warnings");
    const listed = await listEndpoints(deps, principal, page);
    expect(listed).toEqual({ items: [made], nextCursor: null });
  });

  it("keeps every setting, and custom header values only sealed", async () => {
    const id = await create({
      description: "Orders",
      eventTypes: ["scheduling.*", "organization.domains.changed"],
      filter: { "modifiedBy.userId": "7" },
      successStatus: "2xx",
      onGone: "disable",
      timeoutSeconds: 3,
      retrySchedule: ["1s", "5m"],
      rateLimitPerSecond: 2.5,
      verification: { method: "challenge", challengeHeader: "x-challenge" },
      failurePolicy: { preset: "streak", disableConsecutive: 20 },
      headers: { Authorization: "Bearer planted-secret" },
    });
    expect(await getEndpoint(deps, principal, id)).toMatchObject({
      description: "Orders",
      eventTypes: ["scheduling.*", "organization.domains.changed"],
      filter: { "modifiedBy.userId": "7" },
      successStatus: "2xx",
      onGone: "disable",
      timeoutSeconds: 3,
      retrySchedule: ["1s", "5m"],
      rateLimitPerSecond: 2.5,
      verification: { method: "challenge", challengeHeader: "x-challenge" },
      failurePolicy: { preset: "streak", disableConsecutive: 20 },
      headers: { Authorization: "***" },
    });
    const tables = await deps.sql(
      "SELECT row_to_json(endpoint)::text, (SELECT json_agg(a) FROM audit_entry a)::text FROM endpoint",
    );
    expect(JSON.stringify(tables)).not.toContain("planted-secret");
  });

  it("refuses a private address, an unknown event type and contradicting thresholds, naming the field", async () => {
    const refusal = (changes: object) => createEndpoint(deps, principal, input(changes));
    await expect(refusal({ url: "http://10.0.0.1/" })).rejects.toMatchObject({
      status: 422,
      errors: [{ path: "url", message: expect.stringContaining("10.0.0.0/8") as string }],
    });
    await expect(refusal({ eventTypes: ["invoice.paid"] })).rejects.toMatchObject({
      status: 422,
      errors: [{ path: "eventTypes" }],
    });
    await expect(
      refusal({
        failurePolicy: { preset: "chronic", probationAfterSeconds: 3600, disableAfterSeconds: 3600 },
      }),
    ).rejects.toMatchObject({ errors: [{ path: "failurePolicy.disableAfterSeconds" }] });
    await expect(refusal({ failurePolicy: { preset: "streak", window: 4 } })).rejects.toMatchObject({
      errors: [{ path: "failurePolicy.window" }],
    });
    await expect(
      refusal({ headers: { "X-Check": "a" }, verification: { challengeHeader: "x-check" } }),
    ).rejects.toMatchObject({ errors: [{ path: "verification.challengeHeader" }] });
    await expect(refusal({ headers: { "x-a": "***" } })).rejects.toMatchObject({
      errors: [{ path: "headers.x-a" }],
    });
    expect(await deps.sql("SELECT 1 FROM endpoint")).toEqual([]);
  });

  it("takes the organization's own event types", async () => {
    const now = deps.clock();
    await deps.prisma.eventType.create({
      data: {
        organizationId: principal.organizationId,
        name: "invoice.paid",
        schema: {},
        example: {},
        createdAt: now,
        updatedAt: now,
      },
    });
    await create({ eventTypes: ["invoice.*"] });
    await expect(createEndpoint(deps, stranger, input({ eventTypes: ["invoice.*"] }))).rejects.toMatchObject({
      status: 422,
    });
  });

  it("stops at the most an organization may have, also when two are created at once", async () => {
    const row = {
      organizationId: principal.organizationId,
      url,
      eventTypes: ["*"],
      stateSince: deps.clock(),
      failurePolicy: { preset: "chronic" },
      createdAt: deps.clock(),
      updatedAt: deps.clock(),
    };
    await deps.prisma.endpoint.createMany({
      data: Array.from({ length: endpointsMax - 1 }, () => ({ ...row, id: deps.newId() })),
    });
    const made = await Promise.allSettled([1, 2, 3].map(() => createEndpoint(deps, principal, input())));
    expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const [refused] = made.filter((result) => result.status === "rejected");
    expect(refused?.reason).toMatchObject({
      status: 409,
      message: expect.stringContaining(`${endpointsMax} endpoints`),
    });
  });
});

describe("listing endpoints", () => {
  it("shows the newest first, page by page, each once", async () => {
    const ids = [await create(), await create(), await create()].map((id) => encodeId("ep", id));
    const first = await listEndpoints(deps, principal, { limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual([ids[2], ids[1]]);
    const second = await listEndpoints(deps, principal, { limit: 2, cursor: first.nextCursor ?? "" });
    expect(second).toMatchObject({ items: [{ id: ids[0] }], nextCursor: null });
    await expect(listEndpoints(deps, principal, { limit: 2, cursor: "ep_1" })).rejects.toMatchObject({
      status: 422,
    });
  });

  it("searches URL and description literally, in any case, and filters by state", async () => {
    await create({ description: "Orders 100% live" });
    await create({ url: "http://127.0.0.1:4319/other_path" });
    const found = async (query: object) =>
      (await listEndpoints(deps, principal, EndpointListQuery.parse(query))).items.length;
    expect(await found({ search: "ORDERS" })).toBe(1);
    expect(await found({ search: "100%" })).toBe(1);
    expect(await found({ search: "%" })).toBe(1);
    expect(await found({ search: "other_" })).toBe(1);
    expect(await found({ search: "o_her" })).toBe(0);
    expect(await found({ state: "ACTIVE" })).toBe(0);
    expect(await found({ state: "disabled", status: "healthy" })).toBe(2);
  });
});

describe("changing an endpoint", () => {
  it("changes what is named and nothing else, and raises the version only for what requests are built from", async () => {
    const id = await create({ headers: { "X-One": "1", "X-Two": "2" }, retrySchedule: ["1m"] });
    const described = await updateEndpoint(deps, principal, id, patch({ description: "Renamed" }));
    expect(described).toMatchObject({
      description: "Renamed",
      retrySchedule: ["1m"],
      headers: { "X-One": "***" },
    });
    expect(await versionOf(id)).toBe(1);
    const slower = await updateEndpoint(
      deps,
      principal,
      id,
      patch({ timeoutSeconds: 20, retrySchedule: null }),
    );
    expect(slower).toMatchObject({ timeoutSeconds: 20, retrySchedule: null, description: "Renamed" });
    expect(await versionOf(id)).toBe(2);
    const same = await updateEndpoint(
      deps,
      principal,
      id,
      patch({ timeoutSeconds: 20, headers: slower.headers }),
    );
    expect(same.updatedAt).toBe(slower.updatedAt);
    expect(await versionOf(id)).toBe(2);
    const fewer = await updateEndpoint(
      deps,
      principal,
      id,
      patch({ headers: { "x-two": "***", "X-New": "n" } }),
    );
    expect(fewer.headers).toEqual({ "x-two": "***", "X-New": "***" });
    expect(await versionOf(id)).toBe(3);
  });

  it("holds deliveries of an active endpoint whose URL changes, and tests the new URL", async () => {
    const { id } = await createTestEndpoint(deps, principal.organizationId, url);
    await publish();
    expect(await deliveryStates()).toEqual(["pending"]);
    const moved = await updateEndpoint(deps, principal, id, patch({ url: "http://127.0.0.1:4319/moved" }));
    expect(moved).toMatchObject({ state: "validating", url: "http://127.0.0.1:4319/moved" });
    expect(moved.validatingUntil).not.toBeNull();
    expect(await deliveryStates()).toEqual(["held"]);
    expect(await deliveryStates("validation")).toEqual(["pending"]);
    const [event] = await deps.sql<{ data: string }>(
      "SELECT data FROM event WHERE event_type = 'developer.webhook.test'",
    );
    expect(JSON.parse(event?.data ?? "")).toEqual({
      webhookEndpoint: "http://127.0.0.1:4319/moved",
      username: principal.actorLabel,
    });
  });

  it("validates again when the way of verification changes, but not when an unused challenge header does", async () => {
    const { id } = await createTestEndpoint(deps, principal.organizationId, url);
    const unused = patch({ verification: { challengeHeader: "x-check" } });
    expect(await updateEndpoint(deps, principal, id, unused)).toMatchObject({ state: "active" });
    const method = patch({ verification: { method: "challenge" } });
    expect(await updateEndpoint(deps, principal, id, method)).toMatchObject({
      state: "validating",
      verification: { method: "challenge", challengeHeader: "x-check" },
    });
  });

  it("takes a probation back when the policy that began it is changed, and records who did", async () => {
    const { id } = await createTestEndpoint(deps, principal.organizationId, url, {
      status: "probation",
      statusReason: "Nothing but failures.",
      failingSince: new Date("2026-01-01T00:00:00Z"),
      probationSince: new Date("2026-01-02T00:00:00Z"),
      disablesAt: new Date("2026-01-04T00:00:00Z"),
    });
    const later = patch({ failurePolicy: { preset: "chronic", disableAfterSeconds: 604_800 } });
    expect(await updateEndpoint(deps, principal, id, later)).toMatchObject({
      status: "probation",
      disablesAt: "2026-01-08T00:00:00.000Z",
    });
    const counted = patch({ failurePolicy: { preset: "volume" } });
    expect(await updateEndpoint(deps, principal, id, counted)).toMatchObject({
      status: "healthy",
      failingSince: "2026-01-01T00:00:00.000Z",
      probationSince: null,
      disablesAt: null,
    });
    const { items } = await listTransitions(deps, principal, id, page);
    expect(items).toMatchObject([
      { kind: "status", from: "probation", to: "healthy", reason: "policy_changed", actor: principal.actor },
    ]);
  });

  it("changes nothing when asked for the state it has, or is on its way to", async () => {
    const id = await create();
    await activateEndpoint(deps, principal, id);
    const again = await activateEndpoint(deps, principal, id);
    expect(again.state).toBe("validating");
    expect(await deliveryStates("validation")).toEqual(["pending"]);
    const { items } = await listTransitions(deps, principal, id, page);
    expect(items.map(({ from, to, reason }) => [from, to, reason])).toEqual([
      ["disabled", "validating", "activation_requested"],
      [null, "disabled", "created"],
    ]);
    expect(items[0]).toMatchObject({
      kind: "state",
      actor: principal.actor,
      actorLabel: principal.actorLabel,
    });
  });

  it("stores a new URL and activates in one request, with one test to the new URL", async () => {
    const id = await create();
    const both = patch({ url: "http://127.0.0.1:4319/new", state: "ACTIVE" });
    expect(await updateEndpoint(deps, principal, id, both)).toMatchObject({ state: "validating" });
    expect(await deliveryStates("validation")).toEqual(["pending"]);
  });

  it("keeps both of two changes made at once", async () => {
    const id = await create();
    await Promise.all([
      updateEndpoint(deps, principal, id, patch({ description: "first" })),
      updateEndpoint(deps, principal, id, patch({ timeoutSeconds: 7 })),
      updateEndpoint(deps, principal, id, patch({ state: "active" })),
      updateEndpoint(deps, principal, id, patch({ state: "active" })),
    ]);
    expect(await getEndpoint(deps, principal, id)).toMatchObject({
      description: "first",
      timeoutSeconds: 7,
      state: "validating",
    });
    expect(await deliveryStates("validation")).toEqual(["pending"]);
  });

  it("changes nothing at all when a part is refused", async () => {
    const id = await create();
    const refused = patch({ description: "no", headers: { "x-a": "***" }, state: "active" });
    await expect(updateEndpoint(deps, principal, id, refused)).rejects.toMatchObject({ status: 422 });
    expect(await getEndpoint(deps, principal, id)).toMatchObject({ description: "", state: "disabled" });
  });
});

describe("disabling an endpoint", () => {
  it("discards what waits and ends an open validation", async () => {
    const { id } = await createTestEndpoint(deps, principal.organizationId, url, { state: "disabled" });
    await activateEndpoint(deps, principal, id);
    await publish();
    expect(await deliveryStates()).toEqual(["held"]);
    expect(await disableEndpoint(deps, principal, id)).toMatchObject({
      state: "disabled",
      validatingUntil: null,
    });
    expect(await deliveryStates()).toEqual(["discarded"]);
    expect(await deliveryStates("validation")).toEqual(["canceled"]);
    const { items } = await listTransitions(deps, principal, id, { limit: 1 });
    expect(items).toMatchObject([{ from: "validating", to: "disabled", reason: "manual" }]);
  });
});

describe("deleting an endpoint", () => {
  it("erases what is secret, discards what waits, and leaves nothing to be found", async () => {
    const { id } = await createTestEndpoint(deps, principal.organizationId, url);
    await updateEndpoint(deps, principal, id, patch({ headers: { "x-token": "planted-secret" } }));
    await publish();
    await deleteEndpoint(deps, principal, id);
    expect(await deliveryStates()).toEqual(["discarded"]);
    expect(await deps.sql("SELECT 1 FROM endpoint_secret")).toEqual([]);
    expect(await deps.sql("SELECT headers_sealed, header_names, state::text AS state FROM endpoint")).toEqual(
      [{ headers_sealed: null, header_names: [], state: "disabled" }],
    );
    await expect(getEndpoint(deps, principal, id)).rejects.toMatchObject({ status: 404 });
    await expect(deleteEndpoint(deps, principal, id)).rejects.toMatchObject({ status: 404 });
    expect((await listEndpoints(deps, principal, page)).items).toEqual([]);
    await publish();
    expect(await deliveryStates()).toEqual(["discarded"]);
  });
});

describe("the secret", () => {
  it("is shown on request, and who looked is written down", async () => {
    const { id, secret } = await createTestEndpoint(deps, principal.organizationId, url);
    expect(await showSecret(deps, principal, id)).toEqual({ secret, previous: [] });
    const audit = await deps.sql("SELECT action, actor, target, before, after FROM audit_entry");
    expect(audit).toEqual([
      {
        action: "endpoint.secret_shown",
        actor: principal.actor,
        target: encodeId("ep", id),
        before: null,
        after: null,
      },
    ]);
  });

  it("is rotated with an overlap, in which the earlier one stays valid", async () => {
    const { id, secret } = await createTestEndpoint(deps, principal.organizationId, url);
    const rotated = await rotateSecret(deps, principal, id, RotateSecretIn.parse({}));
    expect(rotated.secret).not.toBe(secret);
    expect(rotated.previous).toMatchObject([{ secret }]);
    const lastsMs = Date.parse(rotated.previous[0]?.expiresAt ?? "") - deps.clock().getTime();
    expect(Math.abs(lastsMs - 86_400_000)).toBeLessThan(60_000);
    expect(await versionOf(id)).toBe(2);
    expect(await showSecret(deps, principal, id)).toEqual(rotated);
  });

  it("is rotated without an overlap when it leaked: no earlier one stays valid", async () => {
    const { id } = await createTestEndpoint(deps, principal.organizationId, url);
    await rotateSecret(deps, principal, id, { overlapSeconds: 600 });
    const { previous } = await rotateSecret(deps, principal, id, { overlapSeconds: 0 });
    expect(previous).toEqual([]);
    expect(await deps.sql("SELECT 1 FROM endpoint_secret")).toHaveLength(1);
  });

  it("never has more than five valid at once", async () => {
    const { id } = await createTestEndpoint(deps, principal.organizationId, url);
    for (let count = 1; count < 5; count += 1)
      await rotateSecret(deps, principal, id, { overlapSeconds: 60 });
    await expect(rotateSecret(deps, principal, id, { overlapSeconds: 60 })).rejects.toMatchObject({
      status: 409,
    });
    expect((await showSecret(deps, principal, id)).previous).toHaveLength(4);
  });
});

describe("another organization's endpoint", () => {
  it("does not exist, whatever is asked of it", async () => {
    const { id, secret } = await createTestEndpoint(deps, principal.organizationId, url);
    const asks: Record<string, () => Promise<unknown>> = {
      get: () => getEndpoint(deps, stranger, id),
      update: () => updateEndpoint(deps, stranger, id, patch({ description: "mine" })),
      activate: () => activateEndpoint(deps, stranger, id),
      disable: () => disableEndpoint(deps, stranger, id),
      delete: () => deleteEndpoint(deps, stranger, id),
      showSecret: () => showSecret(deps, stranger, id),
      rotateSecret: () => rotateSecret(deps, stranger, id, { overlapSeconds: 0 }),
      transitions: () => listTransitions(deps, stranger, id, page),
      test: () => testEndpoint(deps, stranger, id, {}),
    };
    for (const [name, ask] of Object.entries(asks)) {
      await expect(ask(), name).rejects.toMatchObject({ status: 404 });
    }
    expect((await listEndpoints(deps, stranger, page)).items).toEqual([]);
    const cursor = encodeId("ep", deps.newId());
    expect((await listEndpoints(deps, stranger, { ...page, cursor })).items).toEqual([]);
    expect(await getEndpoint(deps, principal, id)).toMatchObject({ state: "active", description: "" });
    expect(await showSecret(deps, principal, id)).toEqual({ secret, previous: [] });
    expect(
      await deps.sql("SELECT 1 FROM audit_entry WHERE organization_id = $1::uuid", [stranger.organizationId]),
    ).toEqual([]);
  });
});
