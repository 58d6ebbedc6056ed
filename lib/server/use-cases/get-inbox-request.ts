import "server-only";
import { isUtf8 } from "node:buffer";
import type { InboxRequestOut } from "@/lib/schemas/inbox";
import { notFound } from "@/lib/server/app-error";
import { findInboxRequest } from "@/lib/server/db/inbox-requests";
import type { Deps } from "@/lib/server/deps";
import { inboxRequestRowOut } from "@/lib/server/inbox/inbox-out";
import type { Principal } from "@/lib/server/principal";

/** One request with its headers and body as they arrived. Throws 404, also once it has made room for newer ones. */
export async function getInboxRequest(
  deps: Deps,
  principal: Principal,
  inboxId: string,
  id: string,
): Promise<InboxRequestOut> {
  const request = await findInboxRequest(deps.sql, principal.organizationId, inboxId, id);
  if (!request) throw notFound("request");
  return {
    ...inboxRequestRowOut(request),
    headers: request.headers.map(([name, value]) => ({ name, value })),
    body: request.body.toString("utf8"),
    isText: isUtf8(request.body),
  };
}
