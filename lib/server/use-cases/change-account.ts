import "server-only";
import type { z } from "zod";
import type { AuditAction } from "@/lib/domain/audit-actions";
import { encodeId } from "@/lib/domain/ids";
import type { PasswordPatch, ProfilePatch } from "@/lib/schemas/account";
import { AppError, invalid } from "@/lib/server/app-error";
import { checkPassword } from "@/lib/server/auth/check-password";
import { hashPassword } from "@/lib/server/auth/password";
import type { SessionClaims } from "@/lib/server/auth/session-claims";
import { recordAudit, type AuditedChange } from "@/lib/server/db/audit";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";

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
  try {
    await checkPassword(deps, { email: person.email, password: currentPassword, address: person.address });
  } catch (error) {
    if (!(error instanceof AppError) || error.status !== 401) throw error;
    throw invalid([{ path: "currentPassword", message: "is not your current password" }]);
  }
  const passwordHash = await hashPassword(newPassword);
  return endSessions(deps, person, { action: "account.password_changed", passwordHash });
}

/** Ends every session of the person, this one included. */
export async function signOutEverywhere(deps: Deps, person: Person): Promise<void> {
  await endSessions(deps, person, { action: "account.signed_out_everywhere" });
}

async function endSessions(
  deps: Deps,
  person: Person,
  { action, ...data }: { action: AuditAction; passwordHash?: string },
): Promise<SessionClaims> {
  return deps.transaction(async ({ prisma }) => {
    const { sessionVersion } = await prisma.user.update({
      where: { id: person.userId },
      data: { ...data, sessionVersion: { increment: 1 } },
      select: { sessionVersion: true },
    });
    const change = { action, target: encodeId("usr", person.userId) };
    await recordAudit(prisma, person, change, deps.clock(), deps.newId());
    return { userId: person.userId, organizationId: person.organizationId, sessionVersion };
  });
}
