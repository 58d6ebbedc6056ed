import "server-only";
import type { SavedEndpointOut } from "@/lib/schemas/endpoint";
import type { InboxEndpointIn, InboxOut } from "@/lib/schemas/inbox";
import { invalid } from "@/lib/server/app-error";
import type { Deps } from "@/lib/server/deps";
import { inboxOut, inboxUrl } from "@/lib/server/inbox/inbox-out";
import { whyUnreachable } from "@/lib/server/inbox/reachability";
import type { Principal } from "@/lib/server/principal";
import { checkNewEndpoint, storeEndpoint } from "./create-endpoint";
import { newInbox, storeInbox } from "./create-inbox";
import { toSavedEndpointOut } from "./endpoint-out";

/**
 * A new inbox and a new, disabled endpoint that sends to it, both or neither. Throws 422 when the instance may not call
 * its own address or an event type does not exist, and 409 beyond the limits.
 */
export async function createInboxEndpoint(
  deps: Deps,
  principal: Principal,
  { name, eventTypes }: InboxEndpointIn,
): Promise<{ inbox: InboxOut; endpoint: SavedEndpointOut }> {
  const unreachable = await whyUnreachable(deps, deps.env.url);
  if (unreachable !== null) throw invalid([{ path: "url", message: unreachable }]);
  const inbox = newInbox(deps, name);
  const url = inboxUrl(deps.env, inbox.token);
  const endpoint = await checkNewEndpoint(deps, { url, description: name, eventTypes });
  const row = await deps.transaction(async (transaction) => {
    await storeInbox(deps, principal, transaction, inbox);
    return storeEndpoint(deps, principal, transaction, endpoint);
  });
  const saved = toSavedEndpointOut(row, deps.settings, endpoint.warnings);
  return { inbox: inboxOut(deps.env, inbox, []), endpoint: saved };
}
