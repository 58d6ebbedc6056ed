import { describe, expect, it } from "vitest";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { activateEndpoint } from "./activate-endpoint";
import { getEndpoint } from "./get-endpoint";
import { listTransitions } from "./list-transitions";
import { endpointWorld, page, patch, url } from "./testing/endpoint-world";
import { updateEndpoint } from "./update-endpoint";

const world = endpointWorld();

describe("changing an endpoint", () => {
  it("changes what is named and nothing else, and raises the version only for what requests are built from", async () => {
    const id = await world.create({ headers: { "X-One": "1", "X-Two": "2" }, retrySchedule: ["1m"] });
    const described = await updateEndpoint(
      world.deps,
      world.principal,
      id,
      patch({ description: "Renamed" }),
    );
    expect(described).toMatchObject({
      description: "Renamed",
      retrySchedule: ["1m"],
      headers: { "X-One": "***" },
    });
    expect(await world.versionOf(id)).toBe(1);
    const slower = await updateEndpoint(
      world.deps,
      world.principal,
      id,
      patch({ timeoutSeconds: 20, retrySchedule: null }),
    );
    expect(slower).toMatchObject({ timeoutSeconds: 20, retrySchedule: null, description: "Renamed" });
    expect(await world.versionOf(id)).toBe(2);
    const same = await updateEndpoint(
      world.deps,
      world.principal,
      id,
      patch({ timeoutSeconds: 20, headers: slower.headers }),
    );
    expect(same.updatedAt).toBe(slower.updatedAt);
    expect(await world.versionOf(id)).toBe(2);
    const fewer = await updateEndpoint(
      world.deps,
      world.principal,
      id,
      patch({ headers: { "x-two": "***", "X-New": "n" } }),
    );
    expect(fewer.headers).toEqual({ "x-two": "***", "X-New": "***" });
    expect(await world.versionOf(id)).toBe(3);
  });

  it("holds deliveries of an active endpoint whose URL changes, and tests the new URL", async () => {
    const { id } = await createTestEndpoint(world.deps, world.principal.organizationId, url);
    await world.publish();
    expect(await world.deliveryStates()).toEqual(["pending"]);
    const moved = await updateEndpoint(
      world.deps,
      world.principal,
      id,
      patch({ url: "http://127.0.0.1:4319/moved" }),
    );
    expect(moved).toMatchObject({ state: "validating", url: "http://127.0.0.1:4319/moved" });
    expect(moved.validatingUntil).not.toBeNull();
    expect(await world.deliveryStates()).toEqual(["held"]);
    expect(await world.deliveryStates("validation")).toEqual(["pending"]);
    const [event] = await world.deps.sql<{ data: string }>(
      "SELECT data FROM event WHERE event_type = 'developer.webhook.test'",
    );
    expect(JSON.parse(event?.data ?? "")).toEqual({
      webhookEndpoint: "http://127.0.0.1:4319/moved",
      username: world.principal.actorLabel,
    });
  });

  it("validates again when the way of verification changes, but not when an unused challenge header does", async () => {
    const { id } = await createTestEndpoint(world.deps, world.principal.organizationId, url);
    const unused = patch({ verification: { challengeHeader: "x-check" } });
    expect(await updateEndpoint(world.deps, world.principal, id, unused)).toMatchObject({ state: "active" });
    const method = patch({ verification: { method: "challenge" } });
    expect(await updateEndpoint(world.deps, world.principal, id, method)).toMatchObject({
      state: "validating",
      verification: { method: "challenge", challengeHeader: "x-check" },
    });
  });

  it("takes a probation back when the policy that began it is changed, and records who did", async () => {
    const { id } = await createTestEndpoint(world.deps, world.principal.organizationId, url, {
      status: "probation",
      statusReason: "Nothing but failures.",
      failingSince: new Date("2026-01-01T00:00:00Z"),
      probationSince: new Date("2026-01-02T00:00:00Z"),
      disablesAt: new Date("2026-01-04T00:00:00Z"),
    });
    const later = patch({ failurePolicy: { preset: "chronic", disableAfterSeconds: 604_800 } });
    expect(await updateEndpoint(world.deps, world.principal, id, later)).toMatchObject({
      status: "probation",
      disablesAt: "2026-01-08T00:00:00.000Z",
    });
    const counted = patch({ failurePolicy: { preset: "volume" } });
    expect(await updateEndpoint(world.deps, world.principal, id, counted)).toMatchObject({
      status: "healthy",
      failingSince: "2026-01-01T00:00:00.000Z",
      probationSince: null,
      disablesAt: null,
    });
    const { items } = await listTransitions(world.deps, world.principal, id, page);
    expect(items).toMatchObject([
      {
        kind: "status",
        from: "probation",
        to: "healthy",
        reason: "policy_changed",
        actor: world.principal.actor,
      },
    ]);
  });

  it("changes nothing when asked for the state it has, or is on its way to", async () => {
    const id = await world.create();
    await activateEndpoint(world.deps, world.principal, id);
    const again = await activateEndpoint(world.deps, world.principal, id);
    expect(again.state).toBe("validating");
    expect(await world.deliveryStates("validation")).toEqual(["pending"]);
    const { items } = await listTransitions(world.deps, world.principal, id, page);
    expect(items.map(({ from, to, reason }) => [from, to, reason])).toEqual([
      ["disabled", "validating", "activation_requested"],
      [null, "disabled", "created"],
    ]);
    expect(items[0]).toMatchObject({
      kind: "state",
      actor: world.principal.actor,
      actorLabel: world.principal.actorLabel,
    });
  });

  it("stores a new URL and activates in one request, with one test to the new URL", async () => {
    const id = await world.create();
    const both = patch({ url: "http://127.0.0.1:4319/new", state: "ACTIVE" });
    expect(await updateEndpoint(world.deps, world.principal, id, both)).toMatchObject({
      state: "validating",
    });
    expect(await world.deliveryStates("validation")).toEqual(["pending"]);
  });

  it("keeps both of two changes made at once", async () => {
    const id = await world.create();
    await Promise.all([
      updateEndpoint(world.deps, world.principal, id, patch({ description: "first" })),
      updateEndpoint(world.deps, world.principal, id, patch({ timeoutSeconds: 7 })),
      updateEndpoint(world.deps, world.principal, id, patch({ state: "active" })),
      updateEndpoint(world.deps, world.principal, id, patch({ state: "active" })),
    ]);
    expect(await getEndpoint(world.deps, world.principal, id)).toMatchObject({
      description: "first",
      timeoutSeconds: 7,
      state: "validating",
    });
    expect(await world.deliveryStates("validation")).toEqual(["pending"]);
  });

  it("changes nothing at all when a part is refused", async () => {
    const id = await world.create();
    const refused = patch({ description: "no", headers: { "x-a": "***" }, state: "active" });
    await expect(updateEndpoint(world.deps, world.principal, id, refused)).rejects.toMatchObject({
      status: 422,
    });
    expect(await getEndpoint(world.deps, world.principal, id)).toMatchObject({
      description: "",
      state: "disabled",
    });
  });
});
