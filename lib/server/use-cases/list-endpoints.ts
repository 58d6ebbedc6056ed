import "server-only";
import { encodeId } from "@/lib/domain/ids";
import type { EndpointListQuery, EndpointOut } from "@/lib/schemas/endpoint";
import type { Page } from "@/lib/schemas/paging";
import { listEndpointRows, type EndpointRow } from "@/lib/server/db/endpoints";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { toEndpointOut } from "./endpoint-out";
import { cursorId } from "./paging";

/** The organization's endpoints, newest first. Throws 422 for a cursor that no page gave. */
export async function listEndpoints(
  deps: Deps,
  principal: Principal,
  query: EndpointListQuery,
): Promise<Page<EndpointOut>> {
  const { rows, nextCursor } = await pageOfEndpoints(deps, principal, query);
  return { items: rows.map((row) => toEndpointOut(row, deps.settings)), nextCursor };
}

/** The rows behind a page of the list. */
export async function pageOfEndpoints(
  { prisma }: Deps,
  { organizationId }: Principal,
  { limit, cursor, search, state, status }: EndpointListQuery,
): Promise<{ rows: EndpointRow[]; nextCursor: string | null }> {
  const beforeId = cursorId("ep", cursor) ?? undefined;
  const selection = { search, state, status, beforeId, limit: limit + 1 };
  const rows = await listEndpointRows(prisma, organizationId, selection);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, nextCursor: rows.length > limit && last ? encodeId("ep", last.id) : null };
}
