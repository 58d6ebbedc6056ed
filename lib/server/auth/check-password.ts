import "server-only";
import { createHash } from "node:crypto";
import { throttledNetwork } from "@/lib/domain/client-address";
import { emailIn, normalizeEmail } from "@/lib/schemas/person";
import { AppError } from "@/lib/server/app-error";
import { admitTry, forgetTries, pruneTries, takeBackTry } from "@/lib/server/db/sign-in-throttle";
import type { Deps } from "@/lib/server/deps";
import { verifyPassword } from "./password";

export interface PasswordTry {
  email: string;
  password: string;
  /** Where the request came from; null counts for no address. */
  address: string | null;
  /** For the audit log. */
  userAgent?: string | null;
}

const accountFreeFailures = 5;
/** Many people may share an office's address. */
const addressFreeFailures = 20;

/**
 * The account that e-mail and password belong to, with its memberships, oldest first. Throws 401 with the same words
 * whatever was wrong, and 429 while the account or the address has to wait.
 */
export async function checkPassword(deps: Deps, { email, password, address }: PasswordTry) {
  const account = throttleKey("account", normalizeEmail(email));
  const origin = address === null ? null : throttleKey("address", throttledNetwork(address));
  if (origin) await admitOr429(deps, origin, addressFreeFailures);
  await admitOr429(deps, account, accountFreeFailures);
  const user = await findAccount(deps, email);
  const matches = await verifyPassword(user?.passwordHash ?? null, password);
  if (!matches || !user) {
    throw new AppError(401, "That e-mail and password do not belong together. Check both and try again.");
  }
  const now = deps.clock();
  await forgetTries(deps.sql, account);
  if (origin) await takeBackTry(deps.sql, origin, now);
  await pruneTries(deps.sql, now);
  return user;
}

async function findAccount(deps: Deps, email: string) {
  const parsed = emailIn.safeParse(email);
  if (!parsed.success) return null;
  return deps.prisma.user.findUnique({
    where: { email: parsed.data },
    include: { memberships: { orderBy: { createdAt: "asc" } } },
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
