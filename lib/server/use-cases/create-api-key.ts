import "server-only";
import { encodeId } from "@/lib/domain/ids";
import { apiKeysMax } from "@/lib/domain/limits";
import type { ApiKeyCreatedOut, ApiKeyIn } from "@/lib/schemas/api-key";
import { limitReached } from "@/lib/server/app-error";
import { hashApiKey, keyPrefix, newApiKey } from "@/lib/server/auth/api-key";
import { recordAudit, type AuditedChange } from "@/lib/server/db/audit";
import { lockOrganization } from "@/lib/server/db/organization-lock";
import type { Deps } from "@/lib/server/deps";
import { requireAdmin, type Principal } from "@/lib/server/principal";

/** Creates a key. This answer is the only one that ever holds it. Throws 409 at the limit. */
export async function createApiKey(
  deps: Deps,
  principal: Principal,
  input: ApiKeyIn,
): Promise<ApiKeyCreatedOut> {
  requireAdmin(principal);
  const key = newApiKey();
  const now = deps.clock();
  const id = deps.newId();
  await deps.transaction(async ({ prisma, sql }) => {
    const { organizationId } = principal;
    await lockOrganization(sql, organizationId);
    const inUse = await prisma.apiKey.count({ where: { organizationId, revokedAt: null } });
    if (inUse >= apiKeysMax) throw limitReached("API keys", apiKeysMax, "Revoke one that is not used.");
    await prisma.apiKey.create({
      data: {
        id,
        organizationId,
        name: input.name,
        prefix: keyPrefix(key),
        keyHash: Uint8Array.from(hashApiKey(key)),
        scopes: input.scopes,
        createdBy: principal.userId,
        createdAt: now,
      },
    });
    const change: AuditedChange = {
      action: "api_key.created",
      target: encodeId("key", id),
      after: { name: input.name, scopes: input.scopes },
    };
    await recordAudit(prisma, principal, change, now, deps.newId());
  });
  return { key, name: input.name };
}
