import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, expect, it } from "vitest";
import { apiKeysMax, inboxesMax, invitationsMax, membersMax, ownEventTypesMax } from "@/lib/domain/limits";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { acceptInvitation } from "./accept-invitation";
import { createApiKey } from "./create-api-key";
import { createEventType } from "./create-event-type";
import { createInbox } from "./create-inbox";
import { inviteMember } from "./invite-member";
import { withClient } from "../../../scripts/postgres/connection.ts";
import { waitUntil } from "../../../scripts/processes.mjs";

const database = testDatabase();
let deps: Deps;
let admin: Principal;
let organizationId: string;

beforeEach(async () => {
  deps = await createTestDeps(database().url);
  admin = await createTestPrincipal(deps);
  ({ organizationId } = admin);
});
afterEach(() => closeTestDeps(deps));

const times = <Item>(count: number, make: (index: number) => Item) =>
  Array.from({ length: count }, (_, index) => make(index));
const createdAt = new Date("2026-01-01T00:00:00Z");

/** Fills the organization up to one less than it may have, without the use-cases, which would take minutes. */
const nearlyFull: Record<string, () => Promise<unknown>> = {
  apiKeys: () =>
    deps.prisma.apiKey.createMany({
      data: times(apiKeysMax - 1, () => ({
        id: deps.newId(),
        organizationId,
        name: "One of many",
        prefix: "phk_many",
        keyHash: randomBytes(32),
        scopes: [],
        createdAt,
      })),
    }),
  eventTypes: () =>
    deps.prisma.eventType.createMany({
      data: times(ownEventTypesMax - 1, (index) => ({
        organizationId,
        name: `shop.many_${index}`,
        schema: {},
        example: {},
        createdAt,
        updatedAt: createdAt,
      })),
    }),
  invitations: () =>
    deps.prisma.invitation.createMany({
      data: times(invitationsMax - 1, (index) => ({
        id: deps.newId(),
        organizationId,
        email: `invited.${index}@example.com`,
        role: "developer" as const,
        tokenHash: randomBytes(32),
        invitedBy: organizationId,
        createdAt,
        expiresAt: createdAt,
      })),
    }),
  inboxes: () =>
    deps.prisma.inbox.createMany({
      data: times(inboxesMax - 1, (index) => ({
        id: deps.newId(),
        organizationId,
        name: "One of many",
        token: `token-${index}`,
        createdAt,
      })),
    }),
  members: async () => {
    // The admin is a member already.
    const users = times(membersMax - 2, (index) => ({
      id: deps.newId(),
      email: `member.${index}@example.com`,
    }));
    const person = { firstName: "Ada", lastName: "Example", passwordHash: "no sign-in", createdAt };
    await deps.prisma.user.createMany({ data: users.map((user) => ({ ...user, ...person })) });
    await deps.prisma.membership.createMany({
      data: users.map(({ id }) => ({ organizationId, userId: id, role: "developer" as const, createdAt })),
    });
  },
};

/** What adds one more; `number` makes it different from the others. */
const one: Record<string, (number: number) => Promise<() => Promise<unknown>>> = {
  apiKeys: async () => () => createApiKey(deps, admin, { name: "Shop", scopes: ["events:write"] }),
  eventTypes: async (number) => () =>
    createEventType(deps, admin, { name: `shop.new_${number}`, description: "", schema: {}, example: {} }),
  invitations: async (number) => () =>
    inviteMember(deps, admin, { email: `new.${number}@example.com`, role: "developer" }),
  inboxes: async () => () => createInbox(deps, admin, { name: "Inbox" }),
  members: async (number) => {
    const { link } = await inviteMember(deps, admin, {
      email: `new.${number}@example.com`,
      role: "developer",
    });
    const token = new URL(link).searchParams.get("token") ?? "";
    const person = { firstName: "Ada", lastName: "Example", password: "correct horse battery" };
    return () => acceptInvitation(deps, { token, ...person }, null);
  },
};

/** Lets nobody add a row until all three wait: for the insert, or for each other. Then whoever may goes on. */
async function allAtOnce(table: string, additions: (() => Promise<unknown>)[]) {
  await database().query(`
    CREATE FUNCTION wait_for_all() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_advisory_xact_lock_shared(1); RETURN NEW; END $$;
    CREATE TRIGGER wait_for_all BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION wait_for_all()`);
  const settled = await withClient(database().url, async (gate) => {
    await gate.query("SELECT pg_advisory_lock(1)");
    const all = Promise.allSettled(additions.map((add) => add()));
    const waiting = `SELECT 1 FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await waitUntil(async () => (await gate.query(waiting)).rows.length === additions.length, 30_000, 10);
    await gate.query("SELECT pg_advisory_unlock(1)");
    return all;
  });
  return settled;
}

it.each([
  ["apiKeys", "api_key", `${apiKeysMax} API keys`],
  ["eventTypes", "event_type", `${ownEventTypesMax} event types`],
  ["invitations", "invitation", `${invitationsMax} open invitations`],
  ["inboxes", "inbox", `${inboxesMax} inboxes`],
  ["members", "membership", `${membersMax} members`],
])(
  "lets only one of three at once be the last of the %s, and names the limit",
  async (what, table, words) => {
    const additions = await Promise.all(times(3, (number) => one[what]!(number)));
    await nearlyFull[what]!();
    const settled = await allAtOnce(table, additions);
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of settled) {
      if (result.status === "rejected")
        expect(result.reason).toMatchObject({ status: 409, message: expect.stringContaining(words) });
    }
    // Of another organization nothing is counted but its own.
    admin = await createTestPrincipal(deps);
    const addToAnother = await one[what]!(3);
    await expect(addToAnother()).resolves.toBeDefined();
  },
);
