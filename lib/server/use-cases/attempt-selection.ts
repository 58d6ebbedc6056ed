import "server-only";
import { decodeId, uuidV7FloorSince1970 } from "@/lib/domain/ids";
import type { AttemptListQuery } from "@/lib/schemas/attempt";
import { invalid, notFound } from "@/lib/server/app-error";
import type { AttemptSelection } from "@/lib/server/db/attempts";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { oldestKeptId } from "./event-range";

/** An attempt's id is made a moment after its time was taken; this long is more than that moment. */
const idLagMs = 60_000;

/** The part of the log that a list asks for. Throws 422 for a cursor that is none. */
export function attemptSelection(
  deps: Deps,
  query: AttemptListQuery,
  endpointIds: readonly string[],
): AttemptSelection {
  const { cursor, since, until } = query;
  const fromIds = [oldestKeptId(deps)];
  if (since) fromIds.push(uuidV7FloorSince1970(since));
  const untilIds = until ? [uuidV7FloorSince1970(new Date(until.getTime() + idLagMs))] : [];
  if (cursor !== undefined) untilIds.push(cursorId(cursor));
  return {
    endpointIds,
    outcome: query.outcome ?? null,
    eventTypes: query.eventType ?? [],
    statuses: query.statusCode ?? [],
    since: since ?? null,
    until: until ?? null,
    fromId: fromIds.sort().at(-1)!,
    untilId: untilIds.sort()[0] ?? null,
  };
}

function cursorId(cursor: string): string {
  const id = decodeId("att", cursor);
  if (id === null) throw invalid([{ path: "cursor", message: "must be the nextCursor of a page before" }]);
  return id;
}

/** Throws 404 unless the endpoint is the organization's. A deleted one keeps its log until the retention ends. */
export async function requireLoggedEndpoint(deps: Deps, principal: Principal, id: string): Promise<void> {
  const where = { id, organizationId: principal.organizationId };
  if (!(await deps.prisma.endpoint.findFirst({ where, select: { id: true } }))) throw notFound("endpoint");
}
