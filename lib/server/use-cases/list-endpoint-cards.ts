import "server-only";
import type { StateReason } from "@/lib/domain/endpoint-lifecycle";
import { encodeId } from "@/lib/domain/ids";
import type { EndpointListQuery } from "@/lib/schemas/endpoint";
import type { ActivityHour, EndpointCard } from "@/lib/schemas/endpoint-page";
import type { Page } from "@/lib/schemas/paging";
import { listActivity, listLastFailures, type ActivityRow } from "@/lib/server/db/endpoint-activity";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { toEndpointOut } from "./endpoint-out";
import { oldestKeptId } from "./event-range";
import { pageOfEndpoints } from "./list-endpoints";

const hourMs = 3_600_000;
const hoursShown = 24;

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
  const firstHourMs = Math.floor(deps.clock().getTime() / hourMs - (hoursShown - 1)) * hourMs;
  const [activity, failures] = await Promise.all([
    listActivity(deps.sql, organizationId, ids, new Date(firstHourMs)),
    listLastFailures(deps.sql, organizationId, ids, oldestKeptId(deps)),
  ]);
  const byEndpoint = Map.groupBy(activity, ({ endpointId }) => endpointId);
  const failureOf = new Map(failures.map((failure) => [failure.endpointId, failure]));
  const items = rows.map((row) => {
    const failure = failureOf.get(row.id);
    return {
      endpoint: toEndpointOut(row, deps.settings),
      stateReason: row.stateReason as StateReason,
      hours: hoursOf(byEndpoint.get(row.id) ?? [], firstHourMs),
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

function hoursOf(rows: readonly ActivityRow[], firstHourMs: number): ActivityHour[] {
  const byHour = new Map(rows.map((row) => [row.hour.getTime(), row]));
  return Array.from({ length: hoursShown }, (_, index) => {
    const row = byHour.get(firstHourMs + index * hourMs);
    return { ok: row?.ok ?? 0, failed: row?.failed ?? 0 };
  });
}
