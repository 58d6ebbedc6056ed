import "server-only";
import { inboxPath } from "@/lib/domain/inbox-answer";
import { inboxRequestsMax, type InboxPageOut } from "@/lib/schemas/inbox";
import { notFound } from "@/lib/server/app-error";
import { findInbox, listInboxEndpoints } from "@/lib/server/db/inboxes";
import { listInboxRequests } from "@/lib/server/db/inbox-requests";
import type { Deps } from "@/lib/server/deps";
import { inboxOut, inboxRequestRowOut } from "@/lib/server/inbox/inbox-out";
import { whyUnreachable } from "@/lib/server/inbox/reachability";
import type { Principal } from "@/lib/server/principal";

/** One inbox with what it received, newest first, without bodies. Throws 404. */
export async function getInbox(deps: Deps, principal: Principal, id: string): Promise<InboxPageOut> {
  const { organizationId } = principal;
  const inbox = await findInbox(deps.sql, organizationId, id);
  if (!inbox) throw notFound("inbox");
  const paths = [inboxPath(inbox.token)];
  const endpoints = await listInboxEndpoints(deps.sql, organizationId, paths, deps.clock());
  const requests = await listInboxRequests(deps.sql, organizationId, id, inboxRequestsMax);
  const out = inboxOut(deps.env, inbox, endpoints);
  return {
    ...out,
    requests: requests.map(inboxRequestRowOut),
    // What has arrived answers the question; only an empty inbox is worth a look at its address.
    unreachable: requests.length > 0 ? null : await whyUnreachable(deps, out.url),
  };
}
