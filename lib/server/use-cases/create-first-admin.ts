import "server-only";
import { encodeId } from "@/lib/domain/ids";
import { scopes } from "@/lib/schemas/scopes";
import { hashApiKey, keyPrefix } from "@/lib/server/auth/api-key";
import type { RequestOrigin } from "@/lib/server/auth/request-origin";
import { advisoryLocks } from "@/lib/server/db/advisory-locks";
import { recordAudit, type AuditActor, type AuditedChange } from "@/lib/server/db/audit";
import type { Prisma } from "@/lib/server/db/generated/client";
import type { Transaction } from "@/lib/server/db/sql";
import type { Deps } from "@/lib/server/deps";

export interface FirstAdmin {
  organizationName: string;
  /** Lower case. */
  email: string;
  firstName: string;
  lastName: string;
  passwordHash: string;
  /** The text of an API key with every scope, or null for none. */
  apiKey: string | null;
  origin: RequestOrigin;
}

/**
 * Creates the organization, its first admin (who also is the instance's operator) and, if given, an API key. Returns
 * the UUIDs of both, or null and does nothing when the instance has a user already, however many processes try at once.
 * Call it in a transaction of its own.
 */
export async function createFirstAdmin(
  { prisma, sql }: Transaction,
  deps: Deps,
  admin: FirstAdmin,
): Promise<{ userId: string; organizationId: string } | null> {
  await sql(`SELECT pg_advisory_xact_lock(${advisoryLocks.firstAdmin})::text`);
  if (await prisma.user.findFirst({ select: { id: true } })) return null;
  const now = deps.clock();
  const organizationId = deps.newId();
  const userId = deps.newId();
  await prisma.organization.create({
    data: { id: organizationId, name: admin.organizationName, createdAt: now },
  });
  await prisma.user.create({
    data: {
      id: userId,
      email: admin.email,
      firstName: admin.firstName,
      lastName: admin.lastName,
      passwordHash: admin.passwordHash,
      isOperator: true,
      createdAt: now,
    },
  });
  await prisma.membership.create({ data: { organizationId, userId, role: "admin", createdAt: now } });
  const actor = { organizationId, actor: encodeId("usr", userId), actorLabel: admin.email, ...admin.origin };
  const created: AuditedChange = {
    action: "organization.created",
    target: encodeId("org", organizationId),
    after: { name: admin.organizationName, firstAdmin: admin.email },
  };
  await recordAudit(prisma, actor, created, now, deps.newId());
  if (admin.apiKey) await createBootstrapKey(prisma, deps, actor, userId, admin.apiKey);
  return { userId, organizationId };
}

async function createBootstrapKey(
  prisma: Prisma.TransactionClient,
  deps: Deps,
  actor: AuditActor & { organizationId: string },
  userId: string,
  key: string,
): Promise<void> {
  const id = deps.newId();
  const name = "First key";
  const createdAt = deps.clock();
  await prisma.apiKey.create({
    data: {
      id,
      organizationId: actor.organizationId,
      name,
      prefix: keyPrefix(key),
      keyHash: Uint8Array.from(hashApiKey(key)),
      scopes: [...scopes],
      createdBy: userId,
      createdAt,
    },
  });
  const after = { name, scopes: [...scopes] };
  const change: AuditedChange = { action: "api_key.created", target: encodeId("key", id), after };
  await recordAudit(prisma, actor, change, createdAt, deps.newId());
}
