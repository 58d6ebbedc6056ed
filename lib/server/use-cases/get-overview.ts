import "server-only";
import { encodeId } from "@/lib/domain/ids";
import {
  overviewRangeMs,
  type AttentionItem,
  type OverviewOut,
  type OverviewRange,
} from "@/lib/schemas/overview";
import { sumStatistics } from "@/lib/server/db/delivery-stats";
import {
  countEndpoints,
  hasPublishedEvents,
  listAttentionRows,
  type AttentionRow,
} from "@/lib/server/db/overview";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { oldestKeptId } from "./event-range";
import { floorTo, statBuckets, totalOf } from "./get-stats";

const hourMs = 3_600_000;
const attentionMax = 12;
/** The first test of a validation is answered or timed out by then. */
const validationGraceMs = 120_000;

/** How the organization's deliveries are doing, and which endpoints need a person. */
export async function getOverview(
  deps: Deps,
  { organizationId }: Principal,
  range: OverviewRange,
): Promise<OverviewOut> {
  const now = deps.clock();
  // The hour that is under way, and as many whole ones before it as make up the range.
  const since = new Date(floorTo(now.getTime(), hourMs) + hourMs - overviewRangeMs[range]);
  const before = new Date(since.getTime() - overviewRangeMs[range]);
  const all = { endpointId: null, stepMs: hourMs };
  const validatingBefore = new Date(now.getTime() - validationGraceMs);
  const [rows, rowsBefore, endpoints, attention, hasEvents] = await Promise.all([
    sumStatistics(deps.sql, organizationId, { ...all, since, until: now }),
    sumStatistics(deps.sql, organizationId, { ...all, since: before, until: since }),
    countEndpoints(deps.sql, organizationId),
    listAttentionRows(deps.sql, organizationId, { validatingBefore, limit: attentionMax }),
    hasPublishedEvents(deps.sql, organizationId, oldestKeptId(deps)),
  ]);
  return {
    range,
    items: statBuckets({ ...all, since, until: now }, rows),
    total: totalOf(rows),
    before: totalOf(rowsBefore),
    endpoints,
    attention: attention.map(toAttentionItem),
    attentionMoreCount: (attention[0]?.totalCount ?? 0) - attention.length,
    hasEvents,
  };
}

function toAttentionItem(row: AttentionRow): AttentionItem {
  const { id, url, description, state, stateReason, status } = row;
  return {
    id: encodeId("ep", id),
    url,
    description,
    state,
    stateReason,
    status,
    reason: row.statusReason,
    since: row.since.toISOString(),
    disablesAt: row.disablesAt?.toISOString() ?? null,
    validatingUntil: row.validatingUntil?.toISOString() ?? null,
  };
}
