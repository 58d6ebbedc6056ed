import "server-only";
import { randomBytes } from "node:crypto";
import { encodeId } from "@/lib/domain/ids";
import { membersMax } from "@/lib/domain/limits";
import { emailIn } from "@/lib/schemas/person";
import type { ProviderRefusal } from "@/lib/schemas/sign-in-provider";
import { hashPassword } from "@/lib/server/auth/password";
import type { RequestOrigin } from "@/lib/server/auth/request-origin";
import type { SessionClaims } from "@/lib/server/auth/session-claims";
import { recordAudit } from "@/lib/server/db/audit";
import {
  type ExternalIdentity,
  findIdentityOwner,
  insertIdentity,
  lockAddress,
} from "@/lib/server/db/external-identities";
import { lockOrganization } from "@/lib/server/db/organization-lock";
import type { Transaction } from "@/lib/server/db/sql";
import type { Deps } from "@/lib/server/deps";
import { enterAccount, enterOrganization } from "./enter-account";

/** What a provider has said of the person, and next-auth has checked. */
export interface ProvenIdentity extends ExternalIdentity {
  /** Null unless the provider says that it has verified it. */
  verifiedEmail: string | null;
  firstName: string;
  lastName: string;
}

/** Who is signed in already, in the browser that comes back from the provider, and in which organization. */
export type SignedInAlready = { userId: string; email: string; organizationId: string } | null;

export type ProviderOutcome = { claims: SessionClaims } | { refusal: ProviderRefusal };

/**
 * What a provider's word is worth here. A connected identity is its account. Any other needs a verified e-mail
 * address: of the account that is signed in (which is then connected), or of an open invitation (which is then used).
 * An account that nobody is signed in to is never taken over by an e-mail address alone, and nobody who was not
 * invited gets an account.
 */
export async function signInWithProvider(
  deps: Deps,
  identity: ProvenIdentity,
  signedIn: SignedInAlready,
  origin: RequestOrigin,
): Promise<ProviderOutcome> {
  const passwordHash = await nobodysPassword();
  const email = emailIn.safeParse(identity.verifiedEmail ?? "").data;
  return deps.transaction(async (transaction) => {
    // The same person twice at once, as two tabs do: the second one finds the account that the first one makes.
    if (email !== undefined) await lockAddress(transaction.sql, email);
    const ownerId = await findIdentityOwner(transaction.sql, identity);
    if (ownerId)
      return signedIn && signedIn.userId !== ownerId
        ? refuse("other_account")
        : enter(transaction, deps, ownerId, origin, signedIn);
    if (email === undefined) return refuse("unverified");
    if (signedIn && signedIn.email !== email) return refuse("other_account");
    const account = await transaction.prisma.user.findUnique({ where: { email }, select: { id: true } });
    if (account && account.id !== signedIn?.userId) return refuse("has_account");
    const person = account
      ? { userId: account.id }
      : await joinAsInvited(transaction, deps, { ...identity, email, passwordHash }, origin);
    if ("refusal" in person) return person;
    await insertIdentity(transaction.sql, identity, person.userId, deps.clock());
    const outcome = await enter(transaction, deps, person.userId, origin, signedIn);
    if ("claims" in outcome)
      await recordConnection(transaction, deps, outcome.claims, { email, origin, identity });
    return outcome;
  });
}

function refuse(refusal: ProviderRefusal): { refusal: ProviderRefusal } {
  return { refusal };
}

/** Signing in by a provider is the account's only way until there is a password that somebody knows. */
function nobodysPassword(): Promise<string> {
  return hashPassword(randomBytes(32).toString("base64"));
}

/** Who is signed in stays in the organization that they see. */
async function enter(
  transaction: Transaction,
  deps: Deps,
  userId: string,
  origin: RequestOrigin,
  signedIn: SignedInAlready,
): Promise<ProviderOutcome> {
  const claims = signedIn
    ? await enterOrganization(transaction, deps, { userId, organizationId: signedIn.organizationId }, origin)
    : await enterAccount(transaction, deps, userId, origin);
  return claims ? { claims } : refuse("not_invited");
}

interface NewPerson {
  email: string;
  firstName: string;
  lastName: string;
  passwordHash: string;
}

/** Uses up every open invitation of the address to an organization that has room, with a new account. */
async function joinAsInvited(
  transaction: Transaction,
  deps: Deps,
  { email, firstName, lastName, passwordHash }: NewPerson,
  origin: RequestOrigin,
): Promise<{ userId: string } | { refusal: ProviderRefusal }> {
  const { prisma } = transaction;
  const now = deps.clock();
  const open = { email, acceptedAt: null, expiresAt: { gt: now } };
  const inviting = await prisma.invitation.findMany({ where: open, select: { organizationId: true } });
  const ids = inviting.map(({ organizationId }) => organizationId).toSorted();
  const full: string[] = [];
  for (const id of ids) if (!(await lockWithRoom(transaction, id))) full.push(id);
  const invitations = await prisma.invitation.updateManyAndReturn({
    where: { ...open, organizationId: { in: ids, notIn: full } },
    data: { acceptedAt: now },
  });
  if (invitations.length === 0) return refuse(full.length > 0 ? "organization_full" : "not_invited");
  const userId = deps.newId();
  await prisma.user.create({
    data: { id: userId, email, firstName, lastName, passwordHash, hasPassword: false, createdAt: now },
  });
  for (const { organizationId, role } of invitations) {
    await prisma.membership.create({ data: { organizationId, userId, role, createdAt: now } });
    const actor = {
      organizationId,
      actor: encodeId("usr", userId),
      actorLabel: email,
      ...origin,
    };
    const change = { action: "member.joined", target: email, after: { role } } as const;
    await recordAudit(prisma, actor, change, now, deps.newId());
  }
  return { userId };
}

/** Whether the organization can take one more member; until the transaction ends nobody else joins it. */
async function lockWithRoom({ prisma, sql }: Transaction, organizationId: string): Promise<boolean> {
  await lockOrganization(sql, organizationId);
  return (await prisma.membership.count({ where: { organizationId } })) < membersMax;
}

async function recordConnection(
  { prisma }: Transaction,
  deps: Deps,
  { userId, organizationId }: SessionClaims,
  { email, origin, identity }: { email: string; origin: RequestOrigin; identity: ProvenIdentity },
): Promise<void> {
  const actor = {
    organizationId,
    actor: encodeId("usr", userId),
    actorLabel: email,
    ...origin,
  };
  const after = { provider: identity.provider };
  const change = { action: "account.connected", target: actor.actor, after } as const;
  await recordAudit(prisma, actor, change, deps.clock(), deps.newId());
}
