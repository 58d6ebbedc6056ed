import "server-only";
import type { StateReason } from "@/lib/domain/endpoint-lifecycle";
import { encodeId } from "@/lib/domain/ids";
import type { EndpointListQuery } from "@/lib/schemas/endpoint";
import type { EndpointCard } from "@/lib/schemas/endpoint-page";
import type { Page } from "@/lib/schemas/paging";
import { listLastFailures } from "@/lib/server/db/endpoint-activity";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { toEndpointOut } from "./endpoint-out";
import { oldestKeptId } from "./event-range";
import { lastDayOf } from "./last-day";
import { pageOfEndpoints } from "./list-endpoints";

/** A page of the list with what each endpoint did in the last day. Throws 422 for a foreign cursor. */
export async function listEndpointCards(
  deps: Deps,
  principal: Principal,
  query: EndpointListQuery,
): Promise<Page<EndpointCard>> {
  // One that is disabled keeps the status it had, which is not shown of it: healthy is asked of what receives events.
  const state = query.state ?? (query.status === "healthy" ? "active" : undefined);
  const { rows, nextCursor } = await pageOfEndpoints(deps, principal, { ...query, state });
  const { organizationId } = principal;
  const ids = rows.map(({ id }) => id);
  const [hoursOf, failures] = await Promise.all([
    lastDayOf(deps, organizationId, ids),
    listLastFailures(deps.sql, organizationId, ids, oldestKeptId(deps)),
  ]);
  const failureOf = new Map(failures.map((failure) => [failure.endpointId, failure]));
  const items = rows.map((row) => {
    const failure = failureOf.get(row.id);
    return {
      endpoint: toEndpointOut(row, deps.settings),
      stateReason: row.stateReason as StateReason,
      hours: hoursOf(row.id),
      lastFailure: failure
        ? {
            attemptId: encodeId("att", failure.attemptId),
            at: failure.at.toISOString(),
            message: failure.message,
          }
        : null,
    };
  });
  return { items, nextCursor };
}
