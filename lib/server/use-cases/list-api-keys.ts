import "server-only";
import { encodeId } from "@/lib/domain/ids";
import type { ApiKeyOut } from "@/lib/schemas/api-key";
import type { Deps } from "@/lib/server/deps";
import { requireAdmin, type Principal } from "@/lib/server/principal";

/** The organization's keys in use, newest first. Revoked ones are in the audit log. */
export async function listApiKeys(deps: Deps, principal: Principal): Promise<ApiKeyOut[]> {
  requireAdmin(principal);
  const keys = await deps.prisma.apiKey.findMany({
    where: { organizationId: principal.organizationId, revokedAt: null },
    orderBy: { id: "desc" },
    omit: { keyHash: true },
  });
  const creators = await deps.prisma.user.findMany({
    where: { id: { in: keys.flatMap((key) => key.createdBy ?? []) } },
    select: { id: true, email: true },
  });
  const emails = new Map(creators.map((creator) => [creator.id, creator.email]));
  return keys.map((key) => ({
    id: encodeId("key", key.id),
    name: key.name,
    prefix: key.prefix,
    scopes: key.scopes,
    createdBy: emails.get(key.createdBy ?? "") ?? null,
    createdAt: key.createdAt.toISOString(),
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  }));
}
