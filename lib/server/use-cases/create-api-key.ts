import "server-only";
import { encodeId } from "@/lib/domain/ids";
import type { ApiKeyCreatedOut, ApiKeyIn } from "@/lib/schemas/api-key";
import { AppError } from "@/lib/server/app-error";
import { hashApiKey, keyPrefix, newApiKey } from "@/lib/server/auth/api-key";
import { recordAudit } from "@/lib/server/db/audit";
import type { Deps } from "@/lib/server/deps";
import { requireAdmin, type Principal } from "@/lib/server/principal";

/** Keys in use per organization: enough for every program, few enough to look through. */
const keysMax = 200;

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
  await deps.transaction(async ({ prisma }) => {
    const { organizationId } = principal;
    const inUse = await prisma.apiKey.count({ where: { organizationId, revokedAt: null } });
    if (inUse >= keysMax) {
      throw new AppError(409, `The organization has ${keysMax} API keys. Revoke one that is not used.`);
    }
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
    const change = {
      action: "api_key.created",
      target: encodeId("key", id),
      after: { name: input.name, scopes: input.scopes },
    };
    await recordAudit(prisma, principal, change, now, deps.newId());
  });
  return { key, name: input.name };
}
