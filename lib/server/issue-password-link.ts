import "server-only";
import { encodeId } from "../domain/ids.ts";
import { passwordLinkMs } from "../domain/password-link.ts";
import type { AuditAction } from "../domain/audit-actions";
import type { RequestOrigin } from "./auth/request-origin";
import { auditAccount } from "./db/account-audit.ts";
import { type AccountHolder, storePasswordLink } from "./db/password-links.ts";
import type { Sql } from "./db/sql";
import { systemActor } from "./delivery/engine.ts";
import { hashPasswordToken, newPasswordToken } from "./password-token.ts";

// Relative imports with their extension: plain Node runs this (scripts/password-link).

interface Issue {
  /** Locked in the transaction of `sql`. */
  holder: AccountHolder;
  now: Date;
  /** What the audit log says of it, and where the request came from; null: it has said so before. */
  entry: { action: AuditAction; origin: RequestOrigin } | null;
  newId: () => string;
}

/** A new link by which the person chooses a password; the one before it stops working. Only its hash is stored. */
export async function issuePasswordLink(
  sql: Sql,
  { holder, now, entry, newId }: Issue,
): Promise<{ token: string; expiresAt: Date }> {
  const token = newPasswordToken();
  const expiresAt = new Date(now.getTime() + passwordLinkMs);
  const userId = holder.id;
  await storePasswordLink(sql, { userId, tokenHash: hashPasswordToken(token), createdAt: now, expiresAt });
  if (entry) {
    // Who asks has proved nothing: it is the system that makes the link.
    const actor = { ...systemActor, ...entry.origin };
    const change = { action: entry.action, target: encodeId("usr", userId), after: { email: holder.email } };
    await auditAccount(sql, userId, actor, change, now, newId);
  }
  return { token, expiresAt };
}
