import "server-only";
import { encodeId } from "@/lib/domain/ids";
import type { RequestOrigin } from "@/lib/server/auth/request-origin";
import type { SessionClaims } from "@/lib/server/auth/session-claims";
import { recordAudit } from "@/lib/server/db/audit";
import { insertEndedSession } from "@/lib/server/db/ended-sessions";
import type { Deps } from "@/lib/server/deps";

export interface OpenSession {
  claims: SessionClaims;
  /** UUID. */
  sessionId: string;
  /** When it would have ended by itself. */
  expiresAt: Date;
}

/** Ends one session for good, also in browsers that have a copy of its cookie. Ending it again changes nothing. */
export async function signOut(
  deps: Pick<Deps, "transaction" | "clock" | "newId">,
  { claims, sessionId, expiresAt }: OpenSession,
  origin: RequestOrigin,
): Promise<void> {
  const now = deps.clock();
  await deps.transaction(async ({ prisma, sql }) => {
    if (!(await insertEndedSession(sql, { id: sessionId, expiresAt }, now))) return;
    const { userId, organizationId } = claims;
    const user = await prisma.user.findUnique({ where: { id: userId }, select: { email: true } });
    // Of somebody who was deleted meanwhile there is nothing to tell.
    if (!user) return;
    const actor = { organizationId, actor: encodeId("usr", userId), actorLabel: user.email, ...origin };
    await recordAudit(prisma, actor, { action: "session.ended", target: actor.actor }, now, deps.newId());
  });
}
