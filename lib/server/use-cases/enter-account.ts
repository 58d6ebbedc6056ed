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
  { prisma }: Transaction,
  deps: Deps,
  userId: string,
  origin: RequestOrigin,
): Promise<SessionClaims | null> {
  const membership = await prisma.membership.findFirst({
    where: { userId },
    orderBy: { createdAt: "asc" },
    include: { user: { select: { sessionVersion: true, email: true } } },
  });
  if (!membership) return null;
  const now = deps.clock();
  await prisma.user.update({ where: { id: userId }, data: { lastSignInAt: now } });
  const { organizationId, user } = membership;
  const actor = { organizationId, actor: encodeId("usr", userId), actorLabel: user.email, ...origin };
  await recordAudit(prisma, actor, { action: "session.started", target: actor.actor }, now, deps.newId());
  return { userId, organizationId, sessionVersion: user.sessionVersion };
}
