import { describe, expect, it } from "vitest";
import { encodeId } from "@/lib/domain/ids";
import { EndpointListQuery } from "@/lib/schemas/endpoint";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { activateEndpoint } from "./activate-endpoint";
import { deleteEndpoint } from "./delete-endpoint";
import { disableEndpoint } from "./disable-endpoint";
import { getEndpoint } from "./get-endpoint";
import { listEndpoints } from "./list-endpoints";
import { listTransitions } from "./list-transitions";
import { rotateSecret } from "./rotate-secret";
import { showSecret } from "./show-secret";
import { testEndpoint } from "./test-endpoint";
import { endpointWorld, page, patch, url } from "./testing/endpoint-world";
import { updateEndpoint } from "./update-endpoint";

const world = endpointWorld();

describe("listing endpoints", () => {
  it("shows the newest first, page by page, each once", async () => {
    const ids = [await world.create(), await world.create(), await world.create()].map((id) =>
      encodeId("ep", id),
    );
    const first = await listEndpoints(world.deps, world.principal, { limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual([ids[2], ids[1]]);
    const second = await listEndpoints(world.deps, world.principal, {
      limit: 2,
      cursor: first.nextCursor ?? "",
    });
    expect(second).toMatchObject({ items: [{ id: ids[0] }], nextCursor: null });
    await expect(
      listEndpoints(world.deps, world.principal, { limit: 2, cursor: "ep_1" }),
    ).rejects.toMatchObject({
      status: 422,
    });
  });

  it("searches URL and description literally, in any case, and filters by state", async () => {
    await world.create({ description: "Orders 100% live" });
    await world.create({ url: "http://127.0.0.1:4319/other_path" });
    const found = async (query: object) =>
      (await listEndpoints(world.deps, world.principal, EndpointListQuery.parse(query))).items.length;
    expect(await found({ search: "ORDERS" })).toBe(1);
    expect(await found({ search: "100%" })).toBe(1);
    expect(await found({ search: "%" })).toBe(1);
    expect(await found({ search: "other_" })).toBe(1);
    expect(await found({ search: "o_her" })).toBe(0);
    expect(await found({ state: "ACTIVE" })).toBe(0);
    expect(await found({ state: "disabled", status: "healthy" })).toBe(2);
  });
});

describe("disabling an endpoint", () => {
  it("discards what waits and ends an open validation", async () => {
    const { id } = await createTestEndpoint(world.deps, world.principal.organizationId, url, {
      state: "disabled",
    });
    await activateEndpoint(world.deps, world.principal, id);
    await world.publish();
    expect(await world.deliveryStates()).toEqual(["held"]);
    expect(await disableEndpoint(world.deps, world.principal, id)).toMatchObject({
      state: "disabled",
      validatingUntil: null,
    });
    expect(await world.deliveryStates()).toEqual(["discarded"]);
    expect(await world.deliveryStates("validation")).toEqual(["canceled"]);
    const { items } = await listTransitions(world.deps, world.principal, id, { limit: 1 });
    expect(items).toMatchObject([{ from: "validating", to: "disabled", reason: "manual" }]);
  });
});

describe("deleting an endpoint", () => {
  it("erases what is secret, discards what waits, and leaves nothing to be found", async () => {
    const { id } = await createTestEndpoint(world.deps, world.principal.organizationId, url);
    await updateEndpoint(
      world.deps,
      world.principal,
      id,
      patch({ headers: { "x-token": "planted-secret" } }),
    );
    await world.publish();
    await deleteEndpoint(world.deps, world.principal, id);
    expect(await world.deliveryStates()).toEqual(["discarded"]);
    expect(await world.deps.sql("SELECT 1 FROM endpoint_secret")).toEqual([]);
    expect(
      await world.deps.sql("SELECT headers_sealed, header_names, state::text AS state FROM endpoint"),
    ).toEqual([{ headers_sealed: null, header_names: [], state: "disabled" }]);
    await expect(getEndpoint(world.deps, world.principal, id)).rejects.toMatchObject({ status: 404 });
    await expect(deleteEndpoint(world.deps, world.principal, id)).rejects.toMatchObject({ status: 404 });
    expect((await listEndpoints(world.deps, world.principal, page)).items).toEqual([]);
    await world.publish();
    expect(await world.deliveryStates()).toEqual(["discarded"]);
  });
});

describe("another organization's endpoint", () => {
  it("does not exist, whatever is asked of it", async () => {
    const { id, secret } = await createTestEndpoint(world.deps, world.principal.organizationId, url);
    const asks: Record<string, () => Promise<unknown>> = {
      get: () => getEndpoint(world.deps, world.stranger, id),
      update: () => updateEndpoint(world.deps, world.stranger, id, patch({ description: "mine" })),
      activate: () => activateEndpoint(world.deps, world.stranger, id),
      disable: () => disableEndpoint(world.deps, world.stranger, id),
      delete: () => deleteEndpoint(world.deps, world.stranger, id),
      showSecret: () => showSecret(world.deps, world.stranger, id),
      rotateSecret: () => rotateSecret(world.deps, world.stranger, id, { overlapSeconds: 0 }),
      transitions: () => listTransitions(world.deps, world.stranger, id, page),
      test: () => testEndpoint(world.deps, world.stranger, id, {}),
    };
    for (const [name, ask] of Object.entries(asks)) {
      await expect(ask(), name).rejects.toMatchObject({ status: 404 });
    }
    expect((await listEndpoints(world.deps, world.stranger, page)).items).toEqual([]);
    const cursor = encodeId("ep", world.deps.newId());
    expect((await listEndpoints(world.deps, world.stranger, { ...page, cursor })).items).toEqual([]);
    expect(await getEndpoint(world.deps, world.principal, id)).toMatchObject({
      state: "active",
      description: "",
    });
    expect(await showSecret(world.deps, world.principal, id)).toEqual({ secret, previous: [] });
    expect(
      await world.deps.sql("SELECT 1 FROM audit_entry WHERE organization_id = $1::uuid", [
        world.stranger.organizationId,
      ]),
    ).toEqual([]);
  });
});
