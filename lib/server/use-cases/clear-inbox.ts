import "server-only";
import { encodeId } from "@/lib/domain/ids";
import { notFound } from "@/lib/server/app-error";
import { recordAudit, type AuditedChange } from "@/lib/server/db/audit";
import { findInbox } from "@/lib/server/db/inboxes";
import { clearInboxRequests } from "@/lib/server/db/inbox-requests";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";

/** Forgets what an inbox received. Throws 404. The attempts that led there stay in the logs. */
export async function clearInbox(deps: Deps, principal: Principal, id: string): Promise<void> {
  const { organizationId } = principal;
  await deps.transaction(async ({ prisma, sql }) => {
    const inbox = await findInbox(sql, organizationId, id);
    if (!inbox) throw notFound("inbox");
    const requestCount = await clearInboxRequests(sql, organizationId, id);
    const before = { name: inbox.name, requestCount };
    const change: AuditedChange = { action: "inbox.cleared", target: encodeId("inb", id), before };
    await recordAudit(prisma, principal, change, deps.clock(), deps.newId());
  });
}
