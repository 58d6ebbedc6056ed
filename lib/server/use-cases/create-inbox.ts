import "server-only";
import { randomBytes } from "node:crypto";
import { encodeId } from "@/lib/domain/ids";
import { inboxesMax } from "@/lib/domain/limits";
import type { InboxIn, InboxOut } from "@/lib/schemas/inbox";
import { limitReached } from "@/lib/server/app-error";
import { recordAudit, type AuditedChange } from "@/lib/server/db/audit";
import { insertInbox, lockInboxCount, type InboxRow } from "@/lib/server/db/inboxes";
import type { Transaction } from "@/lib/server/db/sql";
import type { Deps } from "@/lib/server/deps";
import { inboxOut } from "@/lib/server/inbox/inbox-out";
import type { Principal } from "@/lib/server/principal";

/** A new inbox, which answers 200 to everything. Throws 409 when the organization has as many as it may have. */
export async function createInbox(deps: Deps, principal: Principal, { name }: InboxIn): Promise<InboxOut> {
  const inbox = newInbox(deps, name);
  await deps.transaction((transaction) => storeInbox(deps, principal, transaction, inbox));
  return inboxOut(deps.env, inbox, []);
}

export function newInbox({ clock, newId }: Pick<Deps, "clock" | "newId">, name: string): InboxRow {
  return {
    id: newId(),
    name,
    // Letters and digits of one case: the token is compared inside URLs, which people copy and proxies rewrite.
    token: randomBytes(16).toString("hex"),
    behavior: "succeed",
    createdAt: clock(),
    requestCount: 0,
    lastReceivedAt: null,
  };
}

/** Throws 409 when the organization has as many as it may have. */
export async function storeInbox(
  deps: Deps,
  principal: Principal,
  { prisma, sql }: Transaction,
  inbox: InboxRow,
): Promise<void> {
  const { organizationId } = principal;
  if ((await lockInboxCount(sql, organizationId)) >= inboxesMax) {
    throw limitReached("inboxes", inboxesMax, "Delete one that is no longer needed.");
  }
  await insertInbox(sql, organizationId, inbox);
  const change: AuditedChange = {
    action: "inbox.created",
    target: encodeId("inb", inbox.id),
    after: { name: inbox.name },
  };
  await recordAudit(prisma, principal, change, inbox.createdAt, deps.newId());
}
