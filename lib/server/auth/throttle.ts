import "server-only";
import { createHash } from "node:crypto";
import { throttledNetwork } from "@/lib/domain/client-address";
import { normalizeEmail } from "@/lib/schemas/person";
import { AppError } from "@/lib/server/app-error";
import { admitTry, type Throttled } from "@/lib/server/db/sign-in-throttle";
import type { Deps } from "@/lib/server/deps";

/** What is counted: tries to sign in, links to set a password that were asked for, and invitations by mail. */
type Counted = "sign-in" | "password-link" | "invitation";

export function accountKey(counted: Counted, email: string): string {
  return throttleKey(counted === "sign-in" ? "account" : `${counted} account`, normalizeEmail(email));
}

/** Null for a request of which it is not known where it came from: it counts for no address. */
export function addressKey(counted: Counted, address: string | null): string | null {
  if (address === null) return null;
  return throttleKey(counted === "sign-in" ? "address" : `${counted} address`, throttledNetwork(address));
}

/** Counts one try. Throws 429 while it has to wait, in the caller's words. */
export async function admitOr429(
  deps: Pick<Deps, "sql" | "clock">,
  throttled: Throttled,
  sentence: (waitSeconds: number) => string,
): Promise<void> {
  const now = deps.clock();
  const blockedUntil = await admitTry(deps.sql, throttled, now);
  if (!blockedUntil) return;
  const retryAfterSeconds = Math.max(1, Math.ceil((blockedUntil.getTime() - now.getTime()) / 1000));
  throw new AppError(429, sentence(retryAfterSeconds), { retryAfterSeconds });
}

/** What was typed is not kept: an e-mail field sometimes holds a password. */
function throttleKey(kind: string, value: string): string {
  return `${kind}:${createHash("sha256").update(value).digest("base64url")}`;
}
