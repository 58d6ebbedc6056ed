import "server-only";
import { createHash } from "node:crypto";
import { emailIn, normalizeEmail } from "@/lib/schemas/person";
import { AppError } from "@/lib/server/app-error";
import { verifyPassword } from "@/lib/server/auth/password";
import type { SessionClaims } from "@/lib/server/auth/session-claims";
import { admitTry, forgetTries, pruneTries, takeBackTry } from "@/lib/server/db/sign-in-throttle";
import type { Deps } from "@/lib/server/deps";

export interface SignInAttempt {
  email: string;
  password: string;
  /** Where the request came from; null counts for no address. */
  address: string | null;
}

const accountFreeFailures = 5;
/** Many people may share an office's address. */
const addressFreeFailures = 20;

/**
 * Checks e-mail and password and returns what the session will say. Throws 401 with the same words whatever was
 * wrong, and 429 while the account or the address has to wait.
 */
export async function signIn(
  deps: Deps,
  { email, password, address }: SignInAttempt,
): Promise<SessionClaims> {
  const account = throttleKey("account", normalizeEmail(email));
  const origin = address === null ? null : throttleKey("address", address);
  if (origin) await admitOr429(deps, origin, addressFreeFailures);
  await admitOr429(deps, account, accountFreeFailures);
  const user = await findAccount(deps, email);
  const matches = await verifyPassword(user?.passwordHash ?? null, password);
  const membership = user?.memberships[0];
  if (!matches || !user || !membership) {
    throw new AppError(401, "That e-mail and password do not belong together. Check both and try again.");
  }
  const now = deps.clock();
  await forgetTries(deps.sql, account);
  if (origin) await takeBackTry(deps.sql, origin, now);
  await pruneTries(deps.sql, now);
  await deps.prisma.user.update({ where: { id: user.id }, data: { lastSignInAt: now } });
  return { userId: user.id, organizationId: membership.organizationId, sessionVersion: user.sessionVersion };
}

async function findAccount(deps: Deps, email: string) {
  const parsed = emailIn.safeParse(email);
  if (!parsed.success) return null;
  return deps.prisma.user.findUnique({
    where: { email: parsed.data },
    include: { memberships: { orderBy: { createdAt: "asc" }, take: 1 } },
  });
}

async function admitOr429(deps: Deps, key: string, freeFailures: number): Promise<void> {
  const now = deps.clock();
  const blockedUntil = await admitTry(deps.sql, { key, freeFailures }, now);
  if (!blockedUntil) return;
  const seconds = Math.max(1, Math.ceil((blockedUntil.getTime() - now.getTime()) / 1000));
  throw new AppError(429, `Too many failed tries. Wait ${seconds} s and try again.`, {
    retryAfterSeconds: seconds,
  });
}

/** What was typed is not kept: an e-mail field sometimes holds a password. */
function throttleKey(kind: "account" | "address", value: string): string {
  return `${kind}:${createHash("sha256").update(value).digest("base64url")}`;
}
