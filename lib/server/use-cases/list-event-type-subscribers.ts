import "server-only";
import { matchesEventType } from "@/lib/domain/event-matching";
import { encodeId } from "@/lib/domain/ids";
import type { EndpointOut } from "@/lib/schemas/endpoint";
import { listSubscriptions } from "@/lib/server/db/event-types";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";

export type EventTypeSubscriber = Pick<EndpointOut, "id" | "url" | "state"> & { isFiltered: boolean };

/** The organization's endpoints that subscribe to a type, in any state, oldest first. */
export async function listEventTypeSubscribers(
  deps: Deps,
  { organizationId }: Principal,
  name: string,
): Promise<EventTypeSubscriber[]> {
  const subscriptions = await listSubscriptions(deps.sql, organizationId);
  return subscriptions
    .filter(({ eventTypes }) => matchesEventType(eventTypes, name))
    .map(({ id, url, state, filter }) => ({
      id: encodeId("ep", id),
      url,
      state,
      isFiltered: filter !== null,
    }));
}
