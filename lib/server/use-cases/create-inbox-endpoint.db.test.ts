import { afterEach, expect, it } from "vitest";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createInboxEndpoint } from "./create-inbox-endpoint";
import { listInboxes } from "./list-inboxes";

const database = testDatabase();
let deps: Deps;
afterEach(() => closeTestDeps(deps));

it("makes an inbox and a disabled endpoint that sends to it", async () => {
  deps = await createTestDeps(database().url, { POSTHORN_URL: "http://localhost:4380" });
  const principal = await createTestPrincipal(deps);
  const { inbox, endpoint } = await createInboxEndpoint(deps, principal, {
    name: "Try",
    eventTypes: ["scheduling.*"],
  });
  expect(endpoint).toMatchObject({ url: inbox.url, state: "disabled", eventTypes: ["scheduling.*"] });
  expect((await listInboxes(deps, principal))[0]?.endpoints).toEqual([
    { id: endpoint.id, description: "Try", state: "disabled" },
  ]);
});

it("explains that the instance may not call itself, and makes nothing", async () => {
  deps = await createTestDeps(database().url, { POSTHORN_EGRESS_ALLOW: "", POSTHORN_REQUIRE_HTTPS: "true" });
  const principal = await createTestPrincipal(deps);
  const attempt = createInboxEndpoint(deps, principal, { name: "Try", eventTypes: ["*"] });
  await expect(attempt).rejects.toMatchObject({
    status: 422,
    message: expect.stringContaining("POSTHORN_URL"),
  });
  expect(await listInboxes(deps, principal)).toEqual([]);
});

it("leaves no inbox behind when the endpoint is refused, and no word of one in the audit log", async () => {
  deps = await createTestDeps(database().url);
  const principal = await createTestPrincipal(deps);
  const attempt = createInboxEndpoint(deps, principal, { name: "Try", eventTypes: ["no.such.type"] });
  await expect(attempt).rejects.toMatchObject({ status: 422, errors: [{ path: "eventTypes" }] });
  expect(await listInboxes(deps, principal)).toEqual([]);
  expect(await deps.prisma.auditEntry.count()).toBe(0);
});
