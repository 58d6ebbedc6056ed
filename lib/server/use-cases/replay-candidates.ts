import "server-only";
import { matchesFilter, type EventFilter } from "@/lib/domain/event-filter";
import { encodeId, uuidV7Floor, uuidV7FloorSince1970 } from "@/lib/domain/ids";
import type { ReplayIn } from "@/lib/schemas/replay";
import type { Endpoint } from "@/lib/server/db/generated/client";
import {
  countReplayCandidates,
  listReplayCandidates,
  type ReplayCandidate,
  type ReplaySelection,
  type ReplayTarget,
} from "@/lib/server/db/replays";
import type { Sql } from "@/lib/server/db/sql";
import type { Deps } from "@/lib/server/deps";

/** Events read at a time. */
const batchSize = 2_000;

/** The time range as event ids, kept inside the retention: older events are gone or about to be. */
export function selectionOf(deps: Deps, { scope, since, until, eventTypes }: ReplayIn): ReplaySelection {
  const now = deps.clock();
  const oldest = new Date(now.getTime() - deps.settings.retentionMs);
  return {
    scope,
    sinceId: uuidV7Floor(since > oldest ? since : oldest),
    untilId: uuidV7FloorSince1970(until && until < now ? until : new Date(now.getTime() + 1)),
    eventTypes: eventTypes ?? null,
  };
}

/** How many events a replay of the endpoint would send of each type, the most first. */
export async function countCandidates(
  sql: Sql,
  endpoint: Endpoint,
  selection: ReplaySelection,
): Promise<{ eventType: string; count: number }[]> {
  if (endpoint.filter === null) return countReplayCandidates(sql, targetOf(endpoint), selection);
  const counts = new Map<string, number>();
  for await (const batch of passing(sql, endpoint, selection, endpoint.filter as EventFilter)) {
    for (const { eventType } of batch) counts.set(eventType, (counts.get(eventType) ?? 0) + 1);
  }
  return [...counts]
    .map(([eventType, count]) => ({ eventType, count }))
    .sort((a, b) => b.count - a.count || a.eventType.localeCompare(b.eventType));
}

/**
 * The ids of the candidates that the endpoint's filter lets through, oldest first; null without a filter. Only
 * JavaScript can judge a filter, and it has to read every event of the time for it: before the transaction that makes
 * the deliveries, which may take no longer than 20 seconds.
 */
export async function chooseByFilter(
  sql: Sql,
  endpoint: Endpoint,
  selection: ReplaySelection,
  atMost: number,
): Promise<string[] | "too_many" | null> {
  if (endpoint.filter === null) return null;
  const chosen: string[] = [];
  for await (const batch of passing(sql, endpoint, selection, endpoint.filter as EventFilter)) {
    for (const { eventId } of batch) chosen.push(eventId);
    if (chosen.length > atMost) return "too_many";
  }
  return chosen;
}

/** Candidates in batches, oldest first; of those that were `chosen` before, the ones that still are. */
export function candidates(
  sql: Sql,
  endpoint: Endpoint,
  selection: ReplaySelection,
  chosen: readonly string[] | null,
): AsyncGenerator<ReplayCandidate[]> {
  return chosen === null ? paged(sql, endpoint, selection, false) : still(sql, endpoint, selection, chosen);
}

async function* still(
  sql: Sql,
  endpoint: Endpoint,
  selection: ReplaySelection,
  chosen: readonly string[],
): AsyncGenerator<ReplayCandidate[]> {
  for (let start = 0; start < chosen.length; start += batchSize) {
    const among = chosen.slice(start, start + batchSize);
    // Each event is looked at once: a batch ends where the next one begins.
    const sinceId = among[0] ?? selection.sinceId;
    const untilId = chosen[start + batchSize] ?? selection.untilId;
    const page = { afterId: null, limit: batchSize, withData: false, among };
    yield await listReplayCandidates(sql, targetOf(endpoint), { ...selection, sinceId, untilId }, page);
  }
}

async function* passing(
  sql: Sql,
  endpoint: Endpoint,
  selection: ReplaySelection,
  filter: EventFilter,
): AsyncGenerator<ReplayCandidate[]> {
  for await (const batch of paged(sql, endpoint, selection, true)) {
    yield batch.filter(({ dataText }) => matchesFilter(filter, JSON.parse(dataText ?? "null")));
  }
}

async function* paged(
  sql: Sql,
  endpoint: Endpoint,
  selection: ReplaySelection,
  withData: boolean,
): AsyncGenerator<ReplayCandidate[]> {
  let afterId: string | null = null;
  for (;;) {
    const page = { afterId, limit: batchSize, withData, among: null };
    const batch: ReplayCandidate[] = await listReplayCandidates(sql, targetOf(endpoint), selection, page);
    if (batch.length > 0) yield batch;
    afterId = batch.at(-1)?.eventId ?? null;
    if (batch.length < batchSize) return;
  }
}

function targetOf(endpoint: Endpoint): ReplayTarget {
  const { id, organizationId, eventTypes } = endpoint;
  return { id, organizationId, eventTypes, publicId: encodeId("ep", id) };
}
