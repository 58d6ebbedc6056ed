import { afterEach, beforeEach, expect, it } from "vitest";
import { membersMax } from "@/lib/domain/limits";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { acceptInvitation } from "./accept-invitation";
import { inviteMember } from "./invite-member";
import { signIn } from "./sign-in";
import { type ProvenIdentity, type SignedInAlready, signInWithProvider } from "./sign-in-with-provider";

const database = testDatabase();
let deps: Deps;
let admin: Principal;
let nowMs: number;
const email = "grace@example.com";
const grace: ProvenIdentity = {
  provider: "github",
  subject: "7",
  verifiedEmail: email,
  firstName: "Grace",
  lastName: "Hopper",
};

beforeEach(async () => {
  nowMs = Date.parse("2026-11-21T09:00:00Z");
  deps = await createTestDeps(database().url, {}, { clock: () => new Date(nowMs) });
  admin = await createTestPrincipal(deps);
});
afterEach(() => closeTestDeps(deps));

const enter = (changes: Partial<ProvenIdentity> = {}, signedIn: SignedInAlready = null) =>
  signInWithProvider(deps, { ...grace, ...changes }, signedIn, {
    address: "198.51.100.7",
    userAgent: "Firefox/140",
  });

const counts = async () => ({
  organizations: await deps.prisma.organization.count(),
  users: await deps.prisma.user.count(),
  memberships: await deps.prisma.membership.count(),
});

async function tokenFor(address = email, by = admin): Promise<string> {
  const { link } = await inviteMember(deps, by, { email: address, role: "developer" });
  return new URL(link).searchParams.get("token") ?? "";
}

const accept = (token: string) =>
  acceptInvitation(deps, { token, firstName: "G", lastName: "", password: "difference engine" }, null);

/** As many members as there may be. */
async function fill(organizationId: string): Promise<void> {
  await deps.prisma.$executeRaw`
    WITH person AS (
      INSERT INTO app_user (id, email, first_name, last_name, password_hash, created_at)
      SELECT gen_random_uuid(), 'm' || n || '@example.com', 'M', '', '-', now()
      FROM generate_series(1, ${membersMax}::int - (SELECT count(*)::int FROM membership
                              WHERE organization_id = ${organizationId}::uuid)) n
      RETURNING id)
    INSERT INTO membership (organization_id, user_id, role, created_at)
    SELECT ${organizationId}::uuid, id, 'developer', now() FROM person`;
}

it("makes nothing for strangers", async () => {
  const before = await counts();
  expect(await enter()).toEqual({ refusal: "not_invited" });
  expect(await counts()).toEqual(before);
});

it("uses the invitation of a verified address, once, and knows the person from then on", async () => {
  const token = await tokenFor();
  const first = await enter();
  expect(first).toMatchObject({ claims: { organizationId: admin.organizationId, sessionVersion: 1 } });
  await expect(accept(token)).rejects.toMatchObject({ status: 409 });
  // Also when the address has changed over there, or is not told any more.
  expect(await enter({ verifiedEmail: "other@example.com" })).toEqual(first);
  expect(await enter({ verifiedEmail: null })).toEqual(first);
  const audit = await deps.prisma.auditEntry.findMany({ orderBy: { id: "asc" } });
  expect(audit.map(({ action }) => action).slice(-5)).toEqual([
    "member.joined",
    "session.started",
    "account.connected",
    "session.started",
    "session.started",
  ]);
});

it("joins every organization that has invited the address", async () => {
  await tokenFor();
  const other = await createTestPrincipal(deps);
  await tokenFor(email, other);
  await enter();
  expect(await deps.prisma.membership.count({ where: { user: { email } } })).toBe(2);
});

it("lets the same person in who comes twice at once", async () => {
  await tokenFor();
  const outcomes = await Promise.all([enter(), enter(), enter()]);
  const [first] = outcomes;
  expect(first).toMatchObject({ claims: { organizationId: admin.organizationId } });
  expect(outcomes).toEqual([first, first, first]);
  expect(await deps.prisma.user.count({ where: { email } })).toBe(1);
});

it("makes one account of two providers that come with one address at once", async () => {
  await tokenFor();
  const outcomes = await Promise.all([enter(), enter({ provider: "google" })]);
  expect(outcomes.filter((outcome) => "claims" in outcome)).toHaveLength(1);
  expect(outcomes).toContainEqual({ refusal: "has_account" });
});

it("leaves an invitation open where the organization is full, and joins the others", async () => {
  await tokenFor();
  await fill(admin.organizationId);
  expect(await enter()).toEqual({ refusal: "organization_full" });
  const other = await createTestPrincipal(deps);
  await tokenFor(email, other);
  expect(await enter()).toMatchObject({ claims: { organizationId: other.organizationId } });
  const open = await deps.prisma.invitation.findMany({ where: { acceptedAt: null } });
  expect(open).toMatchObject([{ organizationId: admin.organizationId }]);
});

it.each([
  ["an address that is not verified", { verifiedEmail: null }, "unverified"],
  ["what is no address", { verifiedEmail: "grace" }, "unverified"],
  ["somebody else's address", { verifiedEmail: "eve@example.com" }, "not_invited"],
])("does not use an invitation for %s", async (_, changes, refusal) => {
  await tokenFor();
  expect(await enter(changes)).toEqual({ refusal });
  expect(await deps.prisma.invitation.count({ where: { acceptedAt: null } })).toBe(1);
});

it("does not use an invitation that is too old or was withdrawn", async () => {
  await tokenFor();
  nowMs += 7 * 86_400_000;
  expect(await enter()).toEqual({ refusal: "not_invited" });
});

it("takes over no account by its address alone", async () => {
  const { userId } = await accept(await tokenFor());
  expect(await enter()).toEqual({ refusal: "has_account" });
  // Signed in as that account it is connected, and its password goes on as before.
  const signedIn = { userId, email, organizationId: admin.organizationId };
  expect(await enter({}, signedIn)).toMatchObject({ claims: { userId } });
  expect(await enter()).toMatchObject({ claims: { userId } });
  await expect(signIn(deps, { email, password: "difference engine", address: null })).resolves.toMatchObject({
    userId,
  });
});

it("leaves who connects an account in the organization that they see", async () => {
  const { userId } = await accept(await tokenFor());
  const { organizationId } = await createTestPrincipal(deps);
  nowMs += 60_000;
  const createdAt = new Date(nowMs);
  await deps.prisma.membership.create({ data: { organizationId, userId, role: "developer", createdAt } });
  expect(await enter({}, { userId, email, organizationId })).toMatchObject({ claims: { organizationId } });
  // Who comes from outside is taken to where they have been for longest.
  expect(await enter()).toMatchObject({ claims: { organizationId: admin.organizationId } });
});

it("connects neither another address nor an identity that is somebody else's", async () => {
  const { userId } = await accept(await tokenFor());
  const signedIn = { userId, email, organizationId: admin.organizationId };
  expect(await enter({ verifiedEmail: "eve@example.com" }, signedIn)).toEqual({ refusal: "other_account" });
  await tokenFor("eve@example.com");
  await enter({ subject: "8", verifiedEmail: "eve@example.com" });
  expect(await enter({ subject: "8" }, signedIn)).toEqual({ refusal: "other_account" });
});

it("takes the same subject of another provider for another person", async () => {
  await tokenFor();
  await enter({ provider: "oidc https://one.example.com" });
  expect(await enter({ provider: "oidc https://two.example.com" })).toEqual({ refusal: "has_account" });
});

it("lets nobody in who is in no organization any more", async () => {
  await tokenFor();
  await enter();
  await deps.prisma.membership.deleteMany({ where: { user: { email } } });
  expect(await enter()).toEqual({ refusal: "not_invited" });
});
