import "server-only";
import { encodeId } from "@/lib/domain/ids";
import { notFound } from "@/lib/server/app-error";
import { recordAudit, type AuditedChange } from "@/lib/server/db/audit";
import { removeInbox } from "@/lib/server/db/inboxes";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";

/** Deletes an inbox with all it received; its address answers 404 from then on. Throws 404. */
export async function deleteInbox(deps: Deps, principal: Principal, id: string): Promise<void> {
  await deps.transaction(async ({ prisma, sql }) => {
    const name = await removeInbox(sql, principal.organizationId, id);
    if (name === null) throw notFound("inbox");
    const change: AuditedChange = { action: "inbox.deleted", target: encodeId("inb", id), before: { name } };
    await recordAudit(prisma, principal, change, deps.clock(), deps.newId());
  });
}
