import "server-only";
import type { z } from "zod";
import { encodeId } from "@/lib/domain/ids";
import type { PasswordPatch, ProfilePatch, ProviderDisconnect } from "@/lib/schemas/account";
import { AppError, invalid } from "@/lib/server/app-error";
import { checkPassword } from "@/lib/server/auth/check-password";
import { hashPassword } from "@/lib/server/auth/password";
import type { SessionClaims } from "@/lib/server/auth/session-claims";
import { identityProvider } from "@/lib/server/auth/sign-in-providers";
import { recordAudit, type AuditedChange } from "@/lib/server/db/audit";
import { deleteIdentities } from "@/lib/server/db/external-identities";
import type { Sql } from "@/lib/server/db/sql";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { followNewPassword } from "./follow-new-password";

/** Someone who is signed in and changes what is their own. */
export type Person = Principal & { userId: string; email: string };

export async function changeProfile(
  deps: Deps,
  person: Person,
  { firstName, lastName }: z.output<typeof ProfilePatch>,
): Promise<void> {
  await deps.transaction(async ({ prisma }) => {
    const where = { id: person.userId };
    const before = await prisma.user.findUniqueOrThrow({
      where,
      select: { firstName: true, lastName: true },
    });
    if (before.firstName === firstName && before.lastName === lastName) return;
    await prisma.user.update({ where, data: { firstName, lastName } });
    const change: AuditedChange = {
      action: "account.renamed",
      target: encodeId("usr", person.userId),
      before,
      after: { firstName, lastName },
    };
    await recordAudit(prisma, person, change, deps.clock(), deps.newId());
  });
}

/**
 * Changes the password and ends every session; the claims are for the one that goes on. Throws 422 when the current
 * password is wrong and 429 after too many tries.
 */
export async function changePassword(
  deps: Deps,
  person: Person,
  { currentPassword, newPassword }: z.output<typeof PasswordPatch>,
): Promise<SessionClaims> {
  await confirmPassword(deps, person, currentPassword);
  const passwordHash = await hashPassword(newPassword);
  return endSessions(deps, person, {
    action: "account.password_changed",
    passwordHash,
    hasPassword: true,
    also: (sql) => followNewPassword(sql, deps, person, person),
  });
}

/** Ends every session of the person, this one included. */
export async function signOutEverywhere(deps: Deps, person: Person): Promise<void> {
  await endSessions(deps, person, { action: "account.signed_out_everywhere" });
}

/**
 * Takes another way to sign in from the account and ends every session, because one may have come that way; the claims
 * are for the one that goes on. It asks for the password: who has none that they know would be locked out. Throws 422
 * when it is wrong, 409 when the provider is not connected, and 429 after too many tries.
 */
export async function disconnectProvider(
  deps: Deps,
  person: Person,
  { provider, currentPassword }: z.output<typeof ProviderDisconnect>,
): Promise<SessionClaims> {
  await confirmPassword(deps, person, currentPassword);
  const identity = identityProvider(deps.env, provider);
  return endSessions(deps, person, {
    action: "account.disconnected",
    before: { provider: identity },
    also: async (sql) => {
      if ((await deleteIdentities(sql, person.userId, identity)) > 0) return;
      throw new AppError(409, "That way to sign in is not connected to your account any more.");
    },
  });
}

async function confirmPassword(deps: Deps, { email, address }: Person, password: string): Promise<void> {
  try {
    await checkPassword(deps, { email, password, address });
  } catch (error) {
    if (!(error instanceof AppError) || error.status !== 401) throw error;
    throw invalid([{ path: "currentPassword", message: "is not your current password" }]);
  }
}

interface EndOfSessions extends Pick<AuditedChange, "action" | "before"> {
  passwordHash?: string;
  hasPassword?: true;
  /** In the same transaction, after the account was written. */
  also?: (sql: Sql) => Promise<void>;
}

async function endSessions(
  deps: Deps,
  person: Person,
  { action, before, also, ...data }: EndOfSessions,
): Promise<SessionClaims> {
  return deps.transaction(async ({ prisma, sql }) => {
    const { sessionVersion } = await prisma.user.update({
      where: { id: person.userId },
      data: { ...data, sessionVersion: { increment: 1 } },
      select: { sessionVersion: true },
    });
    await also?.(sql);
    const change = { action, target: encodeId("usr", person.userId), before };
    await recordAudit(prisma, person, change, deps.clock(), deps.newId());
    return { userId: person.userId, organizationId: person.organizationId, sessionVersion };
  });
}
