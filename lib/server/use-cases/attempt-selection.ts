import "server-only";
import { uuidV7FloorSince1970 } from "@/lib/domain/ids";
import type { AttemptListQuery } from "@/lib/schemas/attempt";
import { notFound } from "@/lib/server/app-error";
import type { AttemptSelection } from "@/lib/server/db/attempts";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { oldestKeptId } from "./event-range";
import { cursorId } from "./paging";

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
  const before = cursorId("att", cursor);
  if (before !== null) untilIds.push(before);
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

/** Throws 404 unless the endpoint is the organization's. A deleted one keeps its log until the retention ends. */
export async function requireLoggedEndpoint(deps: Deps, principal: Principal, id: string): Promise<void> {
  await requireLoggedEndpoints(deps, principal, [id]);
}

/** As `requireLoggedEndpoint`, of each of them. */
export async function requireLoggedEndpoints(
  { prisma }: Deps,
  { organizationId }: Principal,
  ids: readonly string[],
): Promise<void> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return;
  const found = await prisma.endpoint.count({ where: { id: { in: wanted }, organizationId } });
  if (found < wanted.length) throw notFound("endpoint");
}
