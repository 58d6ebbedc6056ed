import { expect, it } from "vitest";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { endpointWorld, url } from "./testing/endpoint-world";
import { testEndpoint } from "./test-endpoint";

const world = endpointWorld();

it("sends nothing where the endpoint cannot be read, says so, and leaves nothing to be sent later", async () => {
  const { id } = await createTestEndpoint(world.deps, world.principal.organizationId, url);
  await world.deps.sql("UPDATE endpoint_secret SET sealed = 'v1.unknown.a.b.c'");
  await expect(testEndpoint(world.deps, world.principal, id, {})).rejects.toMatchObject({
    status: 409,
    message: "Nothing was sent: the endpoint's URL or its secrets cannot be read here.",
  });
  expect(await world.deliveryStates("test")).toEqual(["canceled"]);
});
