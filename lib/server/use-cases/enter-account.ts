import "server-only";
import { encodeId } from "@/lib/domain/ids";
import type { RequestOrigin } from "@/lib/server/auth/request-origin";
import type { SessionClaims } from "@/lib/server/auth/session-claims";
import { recordAudit } from "@/lib/server/db/audit";
import type { Transaction } from "@/lib/server/db/sql";
import type { Deps } from "@/lib/server/deps";

/**
 * Starts a session for somebody who has proved in this transaction who they are, in the organization that they have been
 * in for longest. Returns what the session says, or null for somebody who is in none.
 */
export async function enterAccount(
  transaction: Transaction,
  deps: Deps,
  userId: string,
  origin: RequestOrigin,
): Promise<SessionClaims | null> {
  const membership = await transaction.prisma.membership.findFirst({
    where: { userId },
    orderBy: { createdAt: "asc" },
    select: { organizationId: true, userId: true },
  });
  return membership && enterOrganization(transaction, deps, membership, origin);
}

/** As `enterAccount`, in an organization that they are in. */
export async function enterOrganization(
  { prisma }: Transaction,
  deps: Deps,
  { organizationId, userId }: Pick<SessionClaims, "organizationId" | "userId">,
  origin: RequestOrigin,
): Promise<SessionClaims> {
  const now = deps.clock();
  const { email, sessionVersion } = await prisma.user.update({
    where: { id: userId, memberships: { some: { organizationId } } },
    data: { lastSignInAt: now },
    select: { email: true, sessionVersion: true },
  });
  const actor = { organizationId, actor: encodeId("usr", userId), actorLabel: email, ...origin };
  await recordAudit(prisma, actor, { action: "session.started", target: actor.actor }, now, deps.newId());
  return { userId, organizationId, sessionVersion };
}
