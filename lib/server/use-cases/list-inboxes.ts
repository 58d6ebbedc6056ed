import "server-only";
import { inboxPath } from "@/lib/domain/inbox-answer";
import type { InboxOut } from "@/lib/schemas/inbox";
import * as inboxes from "@/lib/server/db/inboxes";
import type { Deps } from "@/lib/server/deps";
import { inboxOut } from "@/lib/server/inbox/inbox-out";
import type { Principal } from "@/lib/server/principal";

/** The organization's test inboxes, newest first, each with the endpoints that send to it. */
export async function listInboxes(deps: Deps, principal: Principal): Promise<InboxOut[]> {
  const { organizationId } = principal;
  const rows = await inboxes.listInboxes(deps.sql, organizationId);
  const paths = rows.map((row) => inboxPath(row.token));
  const endpoints = await inboxes.listInboxEndpoints(deps.sql, organizationId, paths, deps.clock());
  return rows.map((row) => inboxOut(deps.env, row, endpoints));
}
