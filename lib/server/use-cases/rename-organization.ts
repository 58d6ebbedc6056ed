import "server-only";
import { encodeId } from "@/lib/domain/ids";
import { notFound } from "@/lib/server/app-error";
import { recordAudit, type AuditedChange } from "@/lib/server/db/audit";
import type { Deps } from "@/lib/server/deps";
import { requireAdmin, type Principal } from "@/lib/server/principal";

/** Gives the organization another name. */
export async function renameOrganization(
  deps: Deps,
  principal: Principal,
  { name }: { name: string },
): Promise<void> {
  requireAdmin(principal);
  await deps.transaction(async ({ prisma }) => {
    const { organizationId: id } = principal;
    const organization = await prisma.organization.findUnique({ where: { id } });
    if (!organization) throw notFound("organization");
    await prisma.organization.update({ where: { id }, data: { name } });
    const change: AuditedChange = {
      action: "organization.renamed",
      target: encodeId("org", id),
      before: { name: organization.name },
      after: { name },
    };
    await recordAudit(prisma, principal, change, deps.clock(), deps.newId());
  });
}
