import "server-only";
import { encodeId } from "@/lib/domain/ids";
import { notFound } from "@/lib/server/app-error";
import { recordAudit, type AuditedChange } from "@/lib/server/db/audit";
import type { Deps } from "@/lib/server/deps";
import { requireAdmin, type Principal } from "@/lib/server/principal";

/** Ends a key at once: the next request with it is refused. Throws 404. `id` is the key's UUID. */
export async function revokeApiKey(deps: Deps, principal: Principal, { id }: { id: string }): Promise<void> {
  requireAdmin(principal);
  const now = deps.clock();
  await deps.transaction(async ({ prisma }) => {
    const where = { id, organizationId: principal.organizationId, revokedAt: null };
    const before = await prisma.apiKey.findFirst({
      where,
      select: { name: true, prefix: true, scopes: true },
    });
    const { count } = await prisma.apiKey.updateMany({ where, data: { revokedAt: now } });
    if (!before || count === 0) throw notFound("API key");
    const change: AuditedChange = { action: "api_key.revoked", target: encodeId("key", id), before };
    await recordAudit(prisma, principal, change, now, deps.newId());
  });
}
