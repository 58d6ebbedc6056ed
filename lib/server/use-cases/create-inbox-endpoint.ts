import "server-only";
import { decodeId } from "@/lib/domain/ids";
import type { SavedEndpointOut } from "@/lib/schemas/endpoint";
import type { InboxEndpointIn, InboxOut } from "@/lib/schemas/inbox";
import { invalid } from "@/lib/server/app-error";
import type { Deps } from "@/lib/server/deps";
import { whyUnreachable } from "@/lib/server/inbox/reachability";
import type { Principal } from "@/lib/server/principal";
import { createEndpoint } from "./create-endpoint";
import { createInbox } from "./create-inbox";
import { deleteInbox } from "./delete-inbox";

/**
 * A new inbox and a new, disabled endpoint that sends to it. Throws 422 when the instance may not call its own address
 * (before anything is made) or an event type does not exist, and 409 beyond the limits; then neither of them stays.
 */
export async function createInboxEndpoint(
  deps: Deps,
  principal: Principal,
  { name, eventTypes }: InboxEndpointIn,
): Promise<{ inbox: InboxOut; endpoint: SavedEndpointOut }> {
  const unreachable = await whyUnreachable(deps, deps.env.url);
  if (unreachable !== null) throw invalid([{ path: "url", message: unreachable }]);
  const inbox = await createInbox(deps, principal, { name });
  try {
    const endpoint = await createEndpoint(deps, principal, { url: inbox.url, description: name, eventTypes });
    return { inbox, endpoint };
  } catch (error) {
    const id = decodeId("inb", inbox.id);
    if (id !== null) await deleteInbox(deps, principal, id);
    throw error;
  }
}
