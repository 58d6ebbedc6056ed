import "server-only";
import { encodeId } from "@/lib/domain/ids";
import { AppError } from "@/lib/server/app-error";
import { checkPassword, type PasswordTry } from "@/lib/server/auth/check-password";
import type { SessionClaims } from "@/lib/server/auth/session-claims";
import { recordAudit } from "@/lib/server/db/audit";
import type { Deps } from "@/lib/server/deps";

/**
 * Checks e-mail and password and returns what the session will say. Throws 401 with the same words whatever was
 * wrong, 429 while the account or the address has to wait, and 403 for an account that is in no organization.
 */
export async function signIn(deps: Deps, input: PasswordTry): Promise<SessionClaims> {
  const user = await checkPassword(deps, input);
  const membership = user.memberships[0];
  if (!membership) throw new AppError(403, "This account is in no organization. Ask an admin to invite you.");
  const now = deps.clock();
  const { organizationId } = membership;
  const { address, userAgent = null } = input;
  const actor = {
    organizationId,
    actor: encodeId("usr", user.id),
    actorLabel: user.email,
    address,
    userAgent,
  };
  await deps.transaction(async ({ prisma }) => {
    await prisma.user.update({ where: { id: user.id }, data: { lastSignInAt: now } });
    await recordAudit(prisma, actor, { action: "session.started", target: actor.actor }, now, deps.newId());
  });
  return { userId: user.id, organizationId, sessionVersion: user.sessionVersion };
}
