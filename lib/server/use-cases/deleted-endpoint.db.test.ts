import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { lockEndpoint } from "@/lib/server/db/lifecycles";
import { eraseEndpoint } from "@/lib/server/db/endpoints";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import { waitingForLocks } from "@/lib/server/db/testing/waiting-for-locks";
import { EndpointBook } from "@/lib/server/delivery/endpoint-target";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/server/testing/webhook-receiver";
import { deleteEndpoint } from "./delete-endpoint";
import { testEndpoint } from "./test-endpoint";

const database = testDatabase();
let deps: Deps;
let principal: Principal;
let receiver: WebhookReceiver;
let id: string;

beforeEach(async () => {
  deps = await createTestDeps(database().url);
  principal = await createTestPrincipal(deps);
  receiver = await startWebhookReceiver();
  id = (await createTestEndpoint(deps, principal.organizationId, receiver.url)).id;
});

afterEach(async () => {
  await receiver.close();
  await closeTestDeps(deps);
});

const isWaitedFor = () => vi.waitFor(async () => expect(await waitingForLocks(deps.sql)).toBe(1), 10_000);

describe("an endpoint that is deleted", () => {
  it("gets no test that was asked for at the same moment", async () => {
    const { tested } = await deps.transaction(async ({ prisma, sql }) => {
      await lockEndpoint(sql, principal.organizationId, id);
      const answer = testEndpoint(deps, principal, id, { eventType: "developer.webhook.test" });
      const settled = expect(answer).rejects.toMatchObject({ status: 404 });
      await isWaitedFor();
      await eraseEndpoint(prisma, principal.organizationId, id, deps.clock());
      return { tested: settled };
    });
    await tested;
    expect(receiver.requests).toEqual([]);
    expect(await deps.sql("SELECT 1 FROM delivery")).toEqual([]);
  });

  it("is nothing to send to any more: without its secrets a request would go out unsigned", async () => {
    const wanted = [{ endpointId: id, endpointVersion: 1 }];
    expect((await new EndpointBook(deps).get(wanted)).has(id)).toBe(true);
    await deleteEndpoint(deps, principal, id);
    expect((await new EndpointBook(deps).get(wanted)).has(id)).toBe(false);
  });
});
