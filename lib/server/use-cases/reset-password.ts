import "server-only";
import type { z } from "zod";
import { encodeId } from "@/lib/domain/ids";
import type { PasswordLinkOut, PasswordResetIn } from "@/lib/schemas/password-link";
import { AppError } from "@/lib/server/app-error";
import { hashPassword } from "@/lib/server/auth/password";
import type { RequestOrigin } from "@/lib/server/auth/request-origin";
import type { SessionClaims } from "@/lib/server/auth/session-claims";
import { accountKey } from "@/lib/server/auth/throttle";
import { auditAccount } from "@/lib/server/db/account-audit";
import { findLinkHolder, takePasswordLink } from "@/lib/server/db/password-links";
import { forgetTries } from "@/lib/server/db/sign-in-throttle";
import type { Deps } from "@/lib/server/deps";
import { hashPasswordToken } from "@/lib/server/password-token";
import { enterAccount } from "./enter-account";
import { followNewPassword } from "./follow-new-password";

/** Whose password a link chooses, or null when it is unknown, used, replaced or too old. */
export async function readPasswordLink(deps: Deps, token: string): Promise<PasswordLinkOut | null> {
  const holder = await findLinkHolder(deps.sql, hashPasswordToken(token), deps.clock());
  return holder && { email: holder.email, hasPassword: holder.hasPassword };
}

/**
 * Chooses the password of the link's account, uses the link up and ends every session. Returns whose it is and what the
 * new session says, or null instead for somebody who is in no organization. Throws 409 when the link does not work.
 */
export async function resetPassword(
  deps: Deps,
  { token, password }: z.output<typeof PasswordResetIn>,
  origin: RequestOrigin,
): Promise<{ email: string; claims: SessionClaims | null }> {
  const tokenHash = hashPasswordToken(token);
  // Looked up first: a made-up link is not worth the work of hashing a password.
  if (!(await findLinkHolder(deps.sql, tokenHash, deps.clock()))) throw notUsable();
  const passwordHash = await hashPassword(password);
  return deps.transaction(async (transaction) => {
    const { prisma, sql } = transaction;
    const now = deps.clock();
    const holder = await takePasswordLink(sql, tokenHash, now);
    if (!holder) throw notUsable();
    const { id: userId, email } = holder;
    await prisma.user.update({
      where: { id: userId },
      data: { passwordHash, hasPassword: true, sessionVersion: { increment: 1 } },
    });
    for (const counted of ["sign-in", "password-link"] as const) {
      await forgetTries(sql, accountKey(counted, email));
    }
    await followNewPassword(sql, deps, { userId, email }, origin);
    const actor = { actor: encodeId("usr", userId), actorLabel: email, ...origin };
    const change = { action: "account.password_reset", target: actor.actor } as const;
    await auditAccount(sql, userId, actor, change, now, deps.newId);
    return { email, claims: await enterAccount(transaction, deps, userId, origin) };
  });
}

function notUsable(): AppError {
  return new AppError(409, "This link was used, replaced by a newer one or is older than an hour.");
}
