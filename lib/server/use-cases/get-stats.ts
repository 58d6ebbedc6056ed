import "server-only";
import { percentileMs } from "@/lib/domain/duration-histogram";
import type { StatsBucketOut, StatsOut, StatsQuery } from "@/lib/schemas/stats";
import { sumStatistics, type StatRange, type StatRow } from "@/lib/server/db/delivery-stats";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { requireLoggedEndpoint } from "./attempt-selection";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const stepsMs = { hour: hourMs, day: dayMs } as const;

/** Attempts of events and replays by hour or day. Throws 404 for another organization's endpoint. */
export async function getStats(deps: Deps, principal: Principal, query: StatsQuery): Promise<StatsOut> {
  if (query.endpointId) await requireLoggedEndpoint(deps, principal, query.endpointId);
  const range = statRange(deps, query);
  const rows = await sumStatistics(deps.sql, principal.organizationId, range);
  return {
    bucket: query.bucket,
    since: range.since.toISOString(),
    until: range.until.toISOString(),
    items: statBuckets(range, rows),
  };
}

/** Whole steps, kept inside the retention: what is before it is gone or about to be. */
function statRange(deps: Deps, { endpointId, since, until, bucket }: StatsQuery): StatRange {
  const nowMs = deps.clock().getTime();
  const stepMs = stepsMs[bucket];
  const { retentionMs } = deps.settings;
  const defaultMs = bucket === "hour" ? Math.min(dayMs, retentionMs) : retentionMs;
  const untilMs = Math.min(until?.getTime() ?? nowMs, nowMs);
  const fromMs = Math.max(since?.getTime() ?? untilMs - defaultMs, nowMs - retentionMs);
  return {
    endpointId: endpointId ?? null,
    since: new Date(floorTo(fromMs, stepMs)),
    until: new Date(untilMs),
    stepMs,
  };
}

/** The beginning of the step that holds a moment; steps are counted from midnight UTC. */
export function floorTo(ms: number, stepMs: number): number {
  return Math.floor(ms / stepMs) * stepMs;
}

/** One bucket for every step from `since` to `until`, also for those that nothing was counted in. */
export function statBuckets(range: StatRange, rows: readonly StatRow[]): StatsBucketOut[] {
  const byStart = Map.groupBy(rows, ({ start }) => start.getTime());
  const buckets: StatsBucketOut[] = [];
  for (let start = range.since.getTime(); start < range.until.getTime(); start += range.stepMs) {
    buckets.push({ start: new Date(start).toISOString(), ...totalOf(byStart.get(start) ?? []) });
  }
  return buckets;
}

/** Everything that was counted, as one. */
export function totalOf(rows: readonly StatRow[]): Omit<StatsBucketOut, "start"> {
  const counts = new Map<number, number>();
  let attempts = 0;
  let failures = 0;
  for (const row of rows) {
    counts.set(row.bucket, (counts.get(row.bucket) ?? 0) + row.attempts);
    attempts += row.attempts;
    if (!row.succeeded) failures += row.attempts;
  }
  const percentile = (share: number) => {
    const ms = percentileMs(counts, share);
    return ms === null ? null : Math.round(ms * 10) / 10;
  };
  return { attempts, failures, p50Ms: percentile(0.5), p95Ms: percentile(0.95), p99Ms: percentile(0.99) };
}
