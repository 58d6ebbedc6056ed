import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeId } from "@/lib/domain/ids";
import { EndpointPatch } from "@/lib/schemas/endpoint";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import { closeTestDeps, createTestDeps } from "@/lib/server/testing/test-deps";
import { changeProfile } from "./change-account";
import { installAuditGuard } from "./testing/audit-guard";
import { endpointCases } from "./testing/audited-endpoint";
import { organizationCases } from "./testing/audited-organization";
import { peopleCases } from "./testing/audited-people";
import { AuditedWorld, origin, password } from "./testing/audited-world";
import { changingUseCases } from "./testing/changing-functions";
import { updateEndpoint } from "./update-endpoint";

const database = testDatabase({ per: "file" });
const world = new AuditedWorld();
const cases = { ...peopleCases(world), ...organizationCases(world), ...endpointCases(world) };
let deps: Deps;
let arm: (isArmed: boolean) => Promise<void>;

beforeAll(async () => {
  deps = await createTestDeps(database().url, {
    SMTP_URL: "smtp://127.0.0.1:9",
    MAIL_FROM: "posthorn@example.com",
  });
  world.deps = deps;
  arm = await installAuditGuard(database());
});
afterAll(() => closeTestDeps(deps));

/** Someone who is no user yet, or the system: the entry names another actor than the admin. */
const byOthers = new Set(["accept-invitation", "set-up-instance", "sign-in", "sign-in-with-provider"]);

/** What changes something and has no entry of its own. */
const exempt: Record<string, string> = {
  "change-meeting#changeMeeting": "a part of bookMeeting, moveMeeting and cancelMeeting",
  "change-configuration#changeConfiguration": "a part of what changes the organization's configuration",
  "create-endpoint#checkNewEndpoint": "computes only",
  "create-endpoint#storeEndpoint": "a part of createEndpoint and createInboxEndpoint",
  "create-first-admin#createFirstAdmin": "a part of setUpInstance and of the bootstrap",
  "create-inbox#storeInbox": "a part of createInbox and createInboxEndpoint",
  "drain-due#drain": "the engine: deliveries have attempts, endpoints have transitions",
  "drain-due#drainDue": "the same over HTTP",
  "endpoint-columns#changedColumns": "computes only",
  "enter-account#enterAccount": "a part of signInWithProvider and resetPassword",
  "enter-account#enterOrganization": "the same, and of acceptInvitation, joinOrganization and setUpInstance",
  "follow-new-password#followNewPassword": "a part of changePassword and resetPassword",
  "publish-event#publishEvent": "an event is its own record, and there are thousands a second",
  "publish-events#publishEvents": "the same for a batch",
  "receive-inbox-request#receiveInboxRequest": "what arrives at a test inbox is its own record",
  "request-password-link#requestPasswordLink":
    "the entry is written with the link, by whoever sends the mail",
  "show-secret#openSecrets": "a part of showSecret and rotateSecret",
};

it("has a case here for every use-case that changes something or shows a secret", () => {
  const known = [...Object.keys(cases), ...Object.keys(exempt)];
  // Changes nothing but the session's cookie.
  const found = [...changingUseCases(), "switch-organization#switchOrganization"];
  expect(found.toSorted()).toEqual(known.toSorted());
});

describe("is audited in the transaction of its change", () => {
  it.each(Object.entries(cases))("%s", async (name, { actions, arrange }) => {
    await world.renew();
    const run = await arrange();
    const known = new Set(
      (await deps.prisma.auditEntry.findMany({ select: { id: true } })).map(({ id }) => id),
    );
    await arm(true);
    try {
      await run();
    } finally {
      await arm(false);
    }
    const entries = (await deps.prisma.auditEntry.findMany({ orderBy: { id: "asc" } })).filter(
      ({ id }) => !known.has(id),
    );
    expect(entries.map(({ action }) => action)).toEqual(actions);
    for (const entry of entries) {
      if (!byOthers.has(name.split("#")[0] ?? "")) expect(entry.actor).toBe(world.admin.actor);
      if (!name.endsWith("renewSetupToken")) expect(entry).toMatchObject(origin);
      else expect(entry).toMatchObject({ actor: "system", organizationId: null });
    }
  });
});

it("is stored with an event, a test and a retry, or not at all", async () => {
  const shared = async (table: string) =>
    (await database().query(`SELECT 1 FROM ${table} t JOIN audit_entry a ON a.xmin = t.xmin LIMIT 1`)).length;
  expect(await shared("event")).toBe(1);
  expect(await shared("delivery")).toBe(1);
});

it("keeps no secret", async () => {
  const rows = JSON.stringify(await deps.prisma.auditEntry.findMany());
  expect(rows).toContain("headerValues");
  for (const secret of ["planted-secret", "whsec_", "phk_", password, "$argon2", "v1."]) {
    // A key's beginning is what it is recognised by.
    expect(rows.replaceAll(/"prefix":"[^"]{12}"/g, "")).not.toContain(secret);
  }
});

it("says nothing of a form that was saved as it was", async () => {
  const name = { firstName: "Ada", lastName: "King" };
  await changeProfile(deps, world.admin, name);
  await changeProfile(deps, world.admin, name);
  const entries = { actor: world.admin.actor, action: "account.renamed" };
  expect(await deps.prisma.auditEntry.findMany({ where: entries })).toHaveLength(1);
});

it("tells what was before and after", async () => {
  const id = await world.endpoint();
  await updateEndpoint(deps, world.admin, id, EndpointPatch.parse({ description: "After" }));
  const entry = await deps.prisma.auditEntry.findFirstOrThrow({ where: { target: encodeId("ep", id) } });
  expect(entry).toMatchObject({ before: { description: "" }, after: { description: "After" } });
});
