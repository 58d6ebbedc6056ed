import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { decodeId, encodeId } from "@/lib/domain/ids";
import { lockOrganization } from "@/lib/server/db/organization-lock";
import { noOrigin } from "@/lib/server/auth/request-origin";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import { waitingForLocks } from "@/lib/server/db/testing/waiting-for-locks";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { acceptInvitation, joinOrganization, joinSignedIn, readInvitation } from "./accept-invitation";
import { changeMemberRole, removeMember } from "./change-member";
import { inviteMember, withdrawInvitation } from "./invite-member";
import { listMembers } from "./list-members";
import { signIn } from "./sign-in";

const database = testDatabase();
let deps: Deps;
let admin: Principal;
let nowMs: number;
const password = "difference engine";

beforeEach(async () => {
  nowMs = Date.parse("2026-11-21T09:00:00Z");
  deps = await createTestDeps(database().url, {}, { clock: () => new Date(nowMs) });
  admin = await createTestPrincipal(deps, "admin");
});
afterEach(() => closeTestDeps(deps));

async function invite(email: string, role: "developer" | "admin" = "developer", by = admin): Promise<string> {
  const { link } = await inviteMember(deps, by, { email, role });
  return new URL(link).searchParams.get("token") ?? "";
}

const accept = (token: string) =>
  acceptInvitation(deps, { token, firstName: "Grace", lastName: "Hopper", password }, null);

async function addMember(email: string, role: "developer" | "admin"): Promise<Principal> {
  const { userId } = await accept(await invite(email, role));
  return { ...admin, userId, role, actorLabel: email };
}

describe("an invitation", () => {
  it("makes a member who can sign in, once", async () => {
    const token = await invite("grace@example.com");
    expect(await readInvitation(deps, token)).toEqual({
      email: "grace@example.com",
      role: "developer",
      organizationName: "Example",
      hasAccount: false,
    });
    const both = await Promise.allSettled([accept(token), accept(token)]);
    expect(both.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(accept(token)).rejects.toMatchObject({ status: 409 });
    expect(await readInvitation(deps, token)).toBeNull();
    const claims = await signIn(deps, { email: "grace@example.com", password, address: null });
    expect(claims.organizationId).toBe(admin.organizationId);
  });

  it("of one address by several organizations makes one account, and no error of the database", async () => {
    const organizations = await Promise.all([1, 2, 3].map(() => createTestPrincipal(deps, "admin")));
    const tokens = await Promise.all(organizations.map((by) => invite("grace@example.com", "developer", by)));
    // Until all three have looked for an account and are about to make one.
    const holder = await deps.pool.connect();
    await holder.query("BEGIN; LOCK TABLE app_user IN SHARE MODE");
    const accepted = Promise.allSettled(tokens.map(accept));
    try {
      const waiting = "SELECT FROM pg_locks WHERE relation = 'app_user'::regclass AND NOT granted";
      await vi.waitFor(async () => expect(await deps.sql(waiting)).toHaveLength(3), 10_000);
    } finally {
      await holder.query("COMMIT");
      holder.release();
    }
    const answers = await accepted;
    const refused = answers.filter((answer) => answer.status === "rejected");
    expect(refused).toHaveLength(2);
    for (const { reason } of refused) expect(reason).toMatchObject({ status: 409 });
    // Those that were refused can still be used, with the account that there is now.
    for (const [index, token] of tokens.entries()) {
      if (answers[index]?.status === "rejected") await joinOrganization(deps, { token, password }, null);
    }
  });

  it("ends after seven days, when it is withdrawn, and when a newer one is made", async () => {
    const old = await invite("old@example.com");
    nowMs += 7 * 86_400_000;
    expect(await readInvitation(deps, old)).toBeNull();
    await expect(accept(old)).rejects.toMatchObject({ status: 409 });

    const withdrawn = await invite("withdrawn@example.com");
    const { invitations } = await listMembers(deps, admin);
    const id = invitations.find(({ email }) => email === "withdrawn@example.com")?.id ?? "";
    await withdrawInvitation(deps, admin, { id });
    await expect(accept(withdrawn)).rejects.toMatchObject({ status: 409 });

    const first = await invite("twice@example.com");
    const second = await invite("twice@example.com");
    expect(await readInvitation(deps, first)).toBeNull();
    expect(await readInvitation(deps, second)).not.toBeNull();
  });

  it("lets someone with an account join with its password, and with nothing less", async () => {
    await accept(await invite("grace@example.com"));
    const other = await createTestPrincipal(deps, "admin");
    const token = await invite("grace@example.com", "admin", other);
    expect(await readInvitation(deps, token)).toMatchObject({ hasAccount: true });
    await expect(accept(token)).rejects.toMatchObject({ status: 409 });
    await expect(joinOrganization(deps, { token, password: "wrong" }, null)).rejects.toMatchObject({
      status: 401,
    });
    const claims = await joinOrganization(deps, { token, password }, null);
    expect(claims.organizationId).toBe(other.organizationId);
  });

  it("signs in who joins by it, for the list of members and the audit log as well", async () => {
    const email = "grace@example.com";
    const { userId } = await accept(await invite(email));
    const other = await createTestPrincipal(deps, "admin");
    const token = await invite(email, "developer", other);
    nowMs += 60_000;
    await joinOrganization(deps, { token, password }, null);
    const { members } = await listMembers(deps, other);
    expect(members.find((member) => member.email === email)).toMatchObject({
      lastSignInAt: new Date(nowMs).toISOString(),
    });
    const started = await deps.prisma.auditEntry.findMany({
      where: { action: "session.started", actor: encodeId("usr", userId) },
      orderBy: { id: "asc" },
    });
    expect(started.map(({ organizationId }) => organizationId)).toEqual([
      admin.organizationId,
      other.organizationId,
    ]);
  });

  it("lets who is signed in with the invited address join by that alone, and nobody else", async () => {
    const { userId } = await accept(await invite("grace@example.com"));
    const other = await createTestPrincipal(deps, "admin");
    const token = await invite("grace@example.com", "admin", other);
    const grace = { userId, email: "grace@example.com", ...noOrigin };
    const eve = { ...grace, userId: admin.userId ?? "", email: "eve@example.com" };
    await expect(joinSignedIn(deps, eve, { token })).rejects.toMatchObject({
      status: 409,
      message: "This invitation is for grace@example.com, and you are signed in as eve@example.com.",
    });
    const claims = await joinSignedIn(deps, grace, { token });
    expect(claims).toMatchObject({ userId, organizationId: other.organizationId });
    await expect(joinSignedIn(deps, grace, { token })).rejects.toMatchObject({ status: 409 });
  });

  it("is not made for a member, nor by a developer", async () => {
    const developer = await addMember("dev@example.com", "developer");
    await expect(invite("dev@example.com")).rejects.toMatchObject({ status: 409 });
    await expect(invite("new@example.com", "admin", developer)).rejects.toMatchObject({ status: 403 });
  });

  it("cannot be withdrawn by another organization", async () => {
    await invite("grace@example.com");
    const id = (await listMembers(deps, admin)).invitations[0]?.id ?? "";
    const stranger = await createTestPrincipal(deps, "admin");
    await expect(withdrawInvitation(deps, stranger, { id })).rejects.toMatchObject({ status: 404 });
  });
});

describe("the last admin", () => {
  it("can neither be demoted nor removed, whoever is an admin elsewhere", async () => {
    await createTestPrincipal(deps, "admin");
    const second = await addMember("second@example.com", "admin");
    await changeMemberRole(deps, admin, { userId: second.userId ?? "", role: "developer" });
    const self = { userId: admin.userId ?? "" };
    await expect(changeMemberRole(deps, admin, { ...self, role: "developer" })).rejects.toMatchObject({
      status: 409,
    });
    await expect(removeMember(deps, { ...second, role: "admin" }, self)).rejects.toMatchObject({
      status: 409,
    });
  });

  it("stays when two admins demote each other at once", async () => {
    const second = await addMember("second@example.com", "admin");
    const { demoting } = await deps.transaction(async ({ sql }) => {
      await lockOrganization(sql, admin.organizationId);
      const both = Promise.allSettled([
        changeMemberRole(deps, admin, { userId: second.userId ?? "", role: "developer" }),
        changeMemberRole(deps, second, { userId: admin.userId ?? "", role: "developer" }),
      ]);
      await vi.waitFor(async () => expect(await waitingForLocks(deps.sql)).toBe(2), 10_000);
      return { demoting: both };
    });
    const outcomes = await demoting;
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    const { members } = await listMembers(deps, admin);
    expect(members.filter((member) => member.role === "admin")).toHaveLength(1);
  });
});

describe("removing a member", () => {
  it("deletes an account that is in no organization any more, so that it can be invited again", async () => {
    const developer = await addMember("dev@example.com", "developer");
    await removeMember(deps, admin, { userId: developer.userId ?? "" });
    const gone = signIn(deps, { email: "dev@example.com", password, address: null });
    await expect(gone).rejects.toMatchObject({ status: 401 });
    await addMember("dev@example.com", "developer");
  });

  it("is not found for another organization's member, and is refused to developers and for oneself", async () => {
    const developer = await addMember("dev@example.com", "developer");
    const stranger = await createTestPrincipal(deps, "admin");
    const userId = developer.userId ?? "";
    await expect(removeMember(deps, stranger, { userId })).rejects.toMatchObject({ status: 404 });
    await expect(removeMember(deps, developer, { userId })).rejects.toMatchObject({ status: 403 });
    await expect(removeMember(deps, admin, { userId: admin.userId ?? "" })).rejects.toMatchObject({
      status: 409,
    });
  });

  it("leaves operators to operators", async () => {
    const operator = await addMember("op@example.com", "admin");
    const userId = operator.userId ?? "";
    await deps.prisma.user.update({ where: { id: userId }, data: { isOperator: true } });
    await expect(removeMember(deps, admin, { userId })).rejects.toMatchObject({ status: 403 });
  });
});

it("lists members without any hash, with ids as the contract spells them", async () => {
  await invite("open@example.com");
  const listed = await listMembers(deps, admin);
  expect(listed.members.map(({ userId }) => decodeId("usr", userId))).toEqual([admin.userId]);
  expect(listed.invitations).toMatchObject([{ email: "open@example.com", isExpired: false }]);
  expect(JSON.stringify(listed)).not.toMatch(/hash/i);
});
