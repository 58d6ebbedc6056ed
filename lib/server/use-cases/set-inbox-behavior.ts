import "server-only";
import type { InboxBehavior } from "@/lib/domain/inbox-answer";
import { encodeId } from "@/lib/domain/ids";
import { notFound } from "@/lib/server/app-error";
import { recordAudit, type AuditedChange } from "@/lib/server/db/audit";
import { updateInboxBehavior } from "@/lib/server/db/inboxes";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";

/** Tells an inbox what to answer from the next request on. Throws 404. */
export async function setInboxBehavior(
  deps: Deps,
  principal: Principal,
  id: string,
  behavior: InboxBehavior,
): Promise<void> {
  await deps.transaction(async ({ prisma, sql }) => {
    const before = await updateInboxBehavior(sql, principal.organizationId, id, behavior);
    if (before === null) throw notFound("inbox");
    if (before === behavior) return;
    const target = encodeId("inb", id);
    const change: AuditedChange = {
      action: "inbox.behavior_changed",
      target,
      before: { behavior: before },
      after: { behavior },
    };
    await recordAudit(prisma, principal, change, deps.clock(), deps.newId());
  });
}
