import "server-only";
import type {
  AttemptListQuery,
  AttemptOut,
  AttemptSummaryOut,
  AttemptSummaryQuery,
} from "@/lib/schemas/attempt";
import type { Page } from "@/lib/schemas/paging";
import { listAttemptRows, listAttemptSummaryRows } from "@/lib/server/db/attempts";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { toAttemptOut, toAttemptSummary } from "./attempt-out";
import { attemptSelection, requireLoggedEndpoint, requireLoggedEndpoints } from "./attempt-selection";
import { toPage } from "./paging";

/** Event data on one page; a page ends early when it is reached. */
const pageBytesMax = 4 * 1024 * 1024;

/** The endpoint's attempts of the retention, whole, newest first. Throws 404 for another organization's endpoint. */
export async function listEndpointAttempts(
  deps: Deps,
  principal: Principal,
  endpointId: string,
  query: AttemptListQuery,
): Promise<Page<AttemptOut>> {
  await requireLoggedEndpoint(deps, principal, endpointId);
  const { organizationId } = principal;
  const selection = attemptSelection(deps, query, [endpointId]);
  const rows = await listAttemptRows(deps.sql, organizationId, selection, query.limit + 1, pageBytesMax);
  const shown = rows.slice(0, query.limit);
  const items = shown.map((row) => toAttemptOut(organizationId, row));
  // Fewer rows than asked for: the log ends here, or the page is full of data and there may be more.
  const bytes = shown.reduce((sum, { dataText }) => sum + Buffer.byteLength(dataText ?? ""), 0);
  const hasMore = rows.length > query.limit || bytes >= pageBytesMax;
  return { items, nextCursor: hasMore ? (items.at(-1)?.id ?? null) : null };
}

/**
 * The organization's attempts, or one endpoint's, without request and response: small enough to be asked for every
 * other second.
 */
export async function listAttemptSummaries(
  deps: Deps,
  principal: Principal,
  query: AttemptSummaryQuery,
): Promise<Page<AttemptSummaryOut>> {
  const endpointIds = query.endpointId ?? [];
  await requireLoggedEndpoints(deps, principal, endpointIds);
  const since = query.range ? new Date(deps.clock().getTime() - rangeMs[query.range]) : query.since;
  const selection = attemptSelection(deps, { ...query, since }, endpointIds);
  const rows = await listAttemptSummaryRows(deps.sql, principal.organizationId, selection, query.limit + 1);
  return toPage(rows, query.limit, toAttemptSummary);
}

const rangeMs = { "1h": 3_600_000, "24h": 86_400_000, "7d": 604_800_000 } as const;
