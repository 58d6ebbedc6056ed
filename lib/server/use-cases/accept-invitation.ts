import "server-only";
import type { z } from "zod";
import { encodeId } from "@/lib/domain/ids";
import { membersMax } from "@/lib/domain/limits";
import type { AcceptInvitationIn, InvitationLinkIn, JoinIn, OpenInvitationOut } from "@/lib/schemas/member";
import { AppError, limitReached } from "@/lib/server/app-error";
import { checkPassword } from "@/lib/server/auth/check-password";
import { hashPassword } from "@/lib/server/auth/password";
import { noOrigin, type RequestOrigin } from "@/lib/server/auth/request-origin";
import type { SignedIn } from "@/lib/server/auth/session";
import type { SessionClaims } from "@/lib/server/auth/session-claims";
import { recordAudit } from "@/lib/server/db/audit";
import type { Prisma } from "@/lib/server/db/generated/client";
import { lockOrganization } from "@/lib/server/db/organization-lock";
import type { Transaction } from "@/lib/server/db/sql";
import type { Deps } from "@/lib/server/deps";
import { hashInvitationToken } from "@/lib/server/invitation-token";
import { enterOrganization } from "./enter-account";

type Invitation = Prisma.InvitationModel;

/** What the link of an invitation leads to, or null when it is unknown, used, withdrawn or too old. */
export async function readInvitation(deps: Deps, token: string): Promise<OpenInvitationOut | null> {
  const invitation = await findOpen(deps.prisma, deps, token);
  if (!invitation) return null;
  const organization = await deps.prisma.organization.findUnique({
    where: { id: invitation.organizationId },
  });
  if (!organization) return null;
  const account = await deps.prisma.user.findUnique({
    where: { email: invitation.email },
    select: { id: true },
  });
  return {
    email: invitation.email,
    role: invitation.role,
    organizationName: organization.name,
    hasAccount: account !== null,
  };
}

/** Makes the invited person's account and membership. Throws 409 when the link does not work or the account exists. */
export async function acceptInvitation(
  deps: Deps,
  input: z.output<typeof AcceptInvitationIn>,
  origin: RequestOrigin | null,
): Promise<SessionClaims> {
  const passwordHash = await hashPassword(input.password);
  return deps.transaction(async (transaction) => {
    const { prisma } = transaction;
    const invitation = await useUp(transaction, deps, input.token);
    const { email } = invitation;
    const userId = deps.newId();
    const { firstName, lastName } = input;
    // Another organization's invitation of the same address may be accepted at this moment.
    const { count } = await prisma.user.createMany({
      data: { id: userId, email, firstName, lastName, passwordHash, createdAt: deps.clock() },
      skipDuplicates: true,
    });
    if (count === 0) {
      throw new AppError(
        409,
        "There is an account with this e-mail by now. Open the link again to join with it.",
      );
    }
    return join(transaction, deps, invitation, userId, origin ?? noOrigin);
  });
}

/** Adds someone who has an account to the organization. Throws 401, 429 (password) or 409 (link). */
export async function joinOrganization(
  deps: Deps,
  input: z.output<typeof JoinIn>,
  origin: RequestOrigin | null,
): Promise<SessionClaims> {
  const invitation = await findOpen(deps.prisma, deps, input.token);
  if (!invitation) throw invitationNotUsable();
  const user = await checkPassword(deps, {
    email: invitation.email,
    password: input.password,
    ...(origin ?? noOrigin),
  });
  const claims = await deps.transaction(async (transaction) => {
    const invited = await useUp(transaction, deps, input.token);
    return join(transaction, deps, invited, user.id, origin ?? noOrigin);
  });
  // Of the password that was checked: one that was changed meanwhile has ended this session, too.
  return { ...claims, sessionVersion: user.sessionVersion };
}

/**
 * Adds the person who is signed in, which proves who they are, to the organization that has invited their address. Throws
 * 409 when the link does not work, or is somebody else's.
 */
export async function joinSignedIn(
  deps: Deps,
  { userId, email, address, userAgent }: Pick<SignedIn, "userId" | "email" | "address" | "userAgent">,
  { token }: z.output<typeof InvitationLinkIn>,
): Promise<SessionClaims> {
  return deps.transaction(async (transaction) => {
    const invited = await useUp(transaction, deps, token);
    if (invited.email !== email) {
      throw new AppError(409, `This invitation is for ${invited.email}, and you are signed in as ${email}.`);
    }
    return join(transaction, deps, invited, userId, { address, userAgent });
  });
}

function findOpen(prisma: Prisma.TransactionClient, deps: Deps, token: string): Promise<Invitation | null> {
  const hash = hashInvitationToken(token);
  return prisma.invitation.findFirst({
    where: {
      OR: [{ tokenHash: hash }, { mailTokenHash: hash }],
      acceptedAt: null,
      expiresAt: { gt: deps.clock() },
    },
  });
}

/** Only one of two people with the same link gets past this, and only as many as there may be members. */
async function useUp({ prisma, sql }: Transaction, deps: Deps, token: string): Promise<Invitation> {
  const invitation = await findOpen(prisma, deps, token);
  if (!invitation) throw invitationNotUsable();
  const { organizationId } = invitation;
  await lockOrganization(sql, organizationId);
  if ((await prisma.membership.count({ where: { organizationId } })) >= membersMax) {
    throw limitReached("members", membersMax, "Ask an admin to remove one who has left.");
  }
  const { count } = await prisma.invitation.updateMany({
    where: { id: invitation.id, acceptedAt: null },
    data: { acceptedAt: deps.clock() },
  });
  if (count === 0) throw invitationNotUsable();
  return invitation;
}

/** Makes the membership, and starts a session in its organization. */
async function join(
  transaction: Transaction,
  deps: Deps,
  { organizationId, email, role }: Invitation,
  userId: string,
  origin: RequestOrigin,
): Promise<SessionClaims> {
  const { prisma } = transaction;
  const now = deps.clock();
  await prisma.membership.upsert({
    where: { organizationId_userId: { organizationId, userId } },
    create: { organizationId, userId, role, createdAt: now },
    update: {},
  });
  const actor = {
    organizationId,
    actor: encodeId("usr", userId),
    actorLabel: email,
    ...origin,
  };
  const change = { action: "member.joined", target: email, after: { role } } as const;
  await recordAudit(prisma, actor, change, now, deps.newId());
  return enterOrganization(transaction, deps, { organizationId, userId }, origin);
}

export function invitationNotUsable(): AppError {
  return new AppError(
    409,
    "This invitation was used, withdrawn or is older than seven days. Ask for a new one.",
  );
}
