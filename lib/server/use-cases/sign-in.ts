import "server-only";
import { AppError } from "@/lib/server/app-error";
import { checkPassword, type PasswordTry } from "@/lib/server/auth/check-password";
import type { SessionClaims } from "@/lib/server/auth/session-claims";
import type { Deps } from "@/lib/server/deps";

/**
 * Checks e-mail and password and returns what the session will say. Throws 401 with the same words whatever was
 * wrong, 429 while the account or the address has to wait, and 403 for an account that is in no organization.
 */
export async function signIn(deps: Deps, input: PasswordTry): Promise<SessionClaims> {
  const user = await checkPassword(deps, input);
  const membership = user.memberships[0];
  if (!membership) throw new AppError(403, "This account is in no organization. Ask an admin to invite you.");
  await deps.prisma.user.update({ where: { id: user.id }, data: { lastSignInAt: deps.clock() } });
  return { userId: user.id, organizationId: membership.organizationId, sessionVersion: user.sessionVersion };
}
