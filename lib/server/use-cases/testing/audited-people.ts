import "server-only";
import { randomUUID } from "node:crypto";
import { hashPassword } from "@/lib/server/auth/password";
import { insertIdentity } from "@/lib/server/db/external-identities";
import { issuePasswordLink } from "@/lib/server/issue-password-link";
import { createTestPrincipal } from "@/lib/server/testing/test-deps";
import { acceptInvitation, joinOrganization, joinSignedIn } from "../accept-invitation";
import { changePassword, changeProfile, disconnectProvider, signOutEverywhere } from "../change-account";
import { changeMemberRole, removeMember } from "../change-member";
import { createApiKey } from "../create-api-key";
import { inviteMember, withdrawInvitation } from "../invite-member";
import { updateNoticePreferences } from "../notice-preferences";
import { resetPassword } from "../reset-password";
import { revokeApiKey } from "../revoke-api-key";
import { renewSetupToken, setUpInstance } from "../set-up-instance";
import { signIn } from "../sign-in";
import { signInWithProvider } from "../sign-in-with-provider";
import { signOut } from "../sign-out";
import { switchOrganization } from "../switch-organization";
import { audits, origin, password, person, type AuditedWorld, type Case } from "./audited-world";

/** People, their accounts and keys. */
export const peopleCases = (world: AuditedWorld): Record<string, Case> => ({
  "accept-invitation#acceptInvitation": audits(["member.joined", "session.started"], async () => {
    const token = await world.invitation();
    return () => acceptInvitation(world.deps, { token, ...person }, origin);
  }),
  "accept-invitation#joinOrganization": audits(["member.joined", "session.started"], async () => {
    const user = await world.deps.prisma.user.findUniqueOrThrow({ where: { id: await world.member() } });
    await world.deps.prisma.membership.deleteMany({ where: { userId: user.id } });
    const token = await world.invitation(user.email);
    return () => joinOrganization(world.deps, { token, password }, origin);
  }),
  "accept-invitation#joinSignedIn": audits(["member.joined", "session.started"], async () => {
    const user = await world.deps.prisma.user.findUniqueOrThrow({ where: { id: await world.member() } });
    await world.deps.prisma.membership.deleteMany({ where: { userId: user.id } });
    const token = await world.invitation(user.email);
    return () => joinSignedIn(world.deps, { userId: user.id, email: user.email, ...origin }, { token });
  }),
  "change-account#changePassword": audits("account.password_changed", async () => {
    const passwordHash = await hashPassword(password);
    await world.deps.prisma.user.update({ where: { id: world.admin.userId }, data: { passwordHash } });
    return () =>
      changePassword(world.deps, world.admin, { currentPassword: password, newPassword: `${password} 2` });
  }),
  "change-account#changeProfile": audits("account.renamed", async () => {
    return () => changeProfile(world.deps, world.admin, { firstName: "Ada", lastName: "Lovelace" });
  }),
  "change-account#disconnectProvider": audits("account.disconnected", async () => {
    const passwordHash = await hashPassword(password);
    await world.deps.prisma.user.update({ where: { id: world.admin.userId }, data: { passwordHash } });
    await insertIdentity(
      world.deps.sql,
      { provider: "github", subject: "1" },
      world.admin.userId,
      world.deps.clock(),
    );
    return () =>
      disconnectProvider(world.deps, world.admin, { provider: "github", currentPassword: password });
  }),
  "change-account#signOutEverywhere": audits("account.signed_out_everywhere", async () => {
    return () => signOutEverywhere(world.deps, world.admin);
  }),
  "change-member#changeMemberRole": audits("member.role_changed", async () => {
    const userId = await world.member();
    return () => changeMemberRole(world.deps, world.admin, { userId, role: "admin" });
  }),
  "change-member#removeMember": audits("member.removed", async () => {
    const userId = await world.member();
    return () => removeMember(world.deps, world.admin, { userId });
  }),
  "create-api-key#createApiKey": audits("api_key.created", async () => {
    return () => createApiKey(world.deps, world.admin, { name: "Shop", scopes: ["events:write"] });
  }),
  "invite-member#inviteMember": audits("invitation.created", async () => {
    return () => inviteMember(world.deps, world.admin, { email: world.newEmail(), role: "developer" });
  }),
  "invite-member#withdrawInvitation": audits("invitation.withdrawn", async () => {
    await world.invitation();
    const { id } = await world.deps.prisma.invitation.findFirstOrThrow({ orderBy: { id: "desc" } });
    return () => withdrawInvitation(world.deps, world.admin, { id });
  }),
  "notice-preferences#updateNoticePreferences": audits("member.notifications_changed", async () => {
    return () => updateNoticePreferences(world.deps, world.admin, ["disabled"]);
  }),
  "reset-password#resetPassword": audits(["account.password_reset", "session.started"], async () => {
    const holder = { id: world.admin.userId, email: world.admin.email, hasPassword: true };
    const { token } = await issuePasswordLink(world.deps.sql, {
      ...{ holder, now: world.deps.clock(), entry: null, newId: world.deps.newId },
    });
    return () => resetPassword(world.deps, { token, password }, origin);
  }),
  "revoke-api-key#revokeApiKey": audits("api_key.revoked", async () => {
    await createApiKey(world.deps, world.admin, { name: "Old", scopes: ["admin"] });
    const { id } = await world.deps.prisma.apiKey.findFirstOrThrow({ orderBy: { id: "desc" } });
    return () => revokeApiKey(world.deps, world.admin, { id });
  }),
  "set-up-instance#renewSetupToken": audits("instance.setup_link_made", async () => {
    return () => renewSetupToken(world.deps);
  }),
  "set-up-instance#setUpInstance": audits(["organization.created", "session.started"], async () => {
    await world.deps.prisma.membership.deleteMany();
    await world.deps.prisma.user.deleteMany();
    const token = await renewSetupToken(world.deps);
    const input = { token, organizationName: "First", email: world.newEmail(), ...person };
    return () => setUpInstance(world.deps, input, origin);
  }),
  "sign-in#signIn": audits("session.started", async () => {
    const { email } = await world.deps.prisma.user.findUniqueOrThrow({ where: { id: await world.member() } });
    return () => signIn(world.deps, { email, password, ...origin });
  }),
  "sign-in-with-provider#signInWithProvider": audits(
    ["member.joined", "session.started", "account.connected"],
    async () => {
      const email = world.newEmail();
      await world.invitation(email);
      const proven = { provider: "github", subject: email, verifiedEmail: email };
      const identity = { ...proven, firstName: "Grace", lastName: "Hopper" };
      return () => signInWithProvider(world.deps, identity, null, origin);
    },
  ),
  "sign-out#signOut": audits("session.ended", async () => {
    const { userId, organizationId } = world.admin;
    const claims = { userId, organizationId, sessionVersion: 1 };
    const session = { claims, sessionId: randomUUID(), expiresAt: new Date(Date.now() + 60_000) };
    return () => signOut(world.deps, session, origin);
  }),
  "switch-organization#switchOrganization": audits("session.organization_switched", async () => {
    const other = await createTestPrincipal(world.deps);
    const createdAt = world.deps.clock();
    const { organizationId } = other;
    await world.deps.prisma.membership.create({
      data: { organizationId, userId: world.admin.userId, role: "developer", createdAt },
    });
    return () => switchOrganization(world.deps, world.admin, { id: organizationId });
  }),
});
