import "server-only";
import { notFound } from "@/lib/server/app-error";
import { findInbox } from "@/lib/server/db/inboxes";
import { clearInboxRequests } from "@/lib/server/db/inbox-requests";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";

/** Forgets what an inbox received. Throws 404. The attempts that led there stay in the logs. */
export async function clearInbox(deps: Deps, principal: Principal, id: string): Promise<void> {
  if (!(await findInbox(deps.sql, principal.organizationId, id))) throw notFound("inbox");
  await clearInboxRequests(deps.sql, principal.organizationId, id);
}
