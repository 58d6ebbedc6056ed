import "server-only";
import { lanes } from "@/lib/domain/delivery-settlement";
import { matchesFilter, type EventFilter } from "@/lib/domain/event-filter";
import { encodeId, uuidV7Floor, uuidV7FloorSince1970 } from "@/lib/domain/ids";
import { replayMatchedMax } from "@/lib/domain/limits";
import type { ReplayDryRun, ReplayIn, ReplayStarted } from "@/lib/schemas/replay";
import { AppError, notFound } from "@/lib/server/app-error";
import { recordAudit } from "@/lib/server/db/audit";
import type { Endpoint } from "@/lib/server/db/generated/client";
import { readDatabaseClock } from "@/lib/server/db/leases";
import {
  countReplayCandidates,
  insertReplayDeliveries,
  listReplayCandidates,
  lockReplays,
  type ReplayCandidate,
  type ReplaySelection,
  type ReplayTarget,
} from "@/lib/server/db/replays";
import type { Sql, Transaction } from "@/lib/server/db/sql";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import type { z } from "zod";
import { checkEventTypes } from "./check-endpoint-input";

/** Events read at a time. */
const batchSize = 2_000;

type DryRun = z.output<typeof ReplayDryRun>;

/** What a replay would send, by event type. Sends nothing. Throws 404, and 422 for event types that do not exist. */
export async function dryRunReplay(
  deps: Deps,
  principal: Principal,
  endpointId: string,
  input: ReplayIn,
): Promise<DryRun> {
  const endpoint = await ownEndpoint(deps, principal, endpointId);
  // A misspelled type would match nothing, which reads like "nothing was missed".
  if (input.eventTypes) await checkEventTypes(deps, principal, input.eventTypes);
  const selection = selectionOf(deps, input);
  const byEventType =
    endpoint.filter === null
      ? await countReplayCandidates(deps.sql, targetOf(endpoint), selection)
      : await countFiltered(deps.sql, endpoint, selection);
  return { matched: byEventType.reduce((sum, { count }) => sum + count, 0), byEventType };
}

async function countFiltered(
  sql: Sql,
  endpoint: Endpoint,
  selection: ReplaySelection,
): Promise<DryRun["byEventType"]> {
  const counts = new Map<string, number>();
  for await (const batch of candidates(sql, endpoint, selection)) {
    for (const { eventType } of batch) counts.set(eventType, (counts.get(eventType) ?? 0) + 1);
  }
  return [...counts]
    .map(([eventType, count]) => ({ eventType, count }))
    .sort((a, b) => b.count - a.count || a.eventType.localeCompare(b.eventType));
}

function targetOf(endpoint: Endpoint): ReplayTarget {
  const { id, organizationId, eventTypes } = endpoint;
  return { id, organizationId, eventTypes, publicId: encodeId("ep", id) };
}

/**
 * Makes the deliveries of a replay, all or none, in a lane behind live events and retries. Throws 404, 409 when the
 * endpoint is not active, 422 for event types that do not exist and when more than 100,000 events match.
 */
export async function startReplay(
  deps: Deps,
  principal: Principal,
  endpointId: string,
  input: ReplayIn,
): Promise<z.output<typeof ReplayStarted>> {
  const endpoint = await ownEndpoint(deps, principal, endpointId);
  if (endpoint.state !== "active") {
    throw new AppError(
      409,
      `The endpoint is ${endpoint.state}: activate it first, then replay what it missed.`,
    );
  }
  if (input.eventTypes) await checkEventTypes(deps, principal, input.eventTypes);
  const id = deps.newId();
  const matched = await deps.transaction((transaction) =>
    makeReplay(deps, principal, transaction, id, endpoint, input),
  );
  deps.wake();
  return { replayId: encodeId("rpl", id), matched };
}

async function makeReplay(
  deps: Deps,
  principal: Principal,
  { prisma, sql }: Transaction,
  id: string,
  endpoint: Endpoint,
  input: ReplayIn,
): Promise<number> {
  const selection = selectionOf(deps, input);
  const startedAt = deps.clock();
  // Also when this process's clock runs ahead, what is due first is due now.
  const dueFromMs = Math.min(startedAt.getTime(), (await readDatabaseClock(sql)).getTime());
  await lockReplays(sql, endpoint.id);
  const replay = {
    id,
    organizationId: endpoint.organizationId,
    endpointId: endpoint.id,
    requestedBy: principal.actor,
  };
  let matched = 0;
  for await (const batch of candidates(sql, endpoint, selection)) {
    if (matched + batch.length > replayMatchedMax) {
      throw new AppError(
        422,
        `More than ${replayMatchedMax} events match: choose a shorter time or fewer event types.`,
        {
          errors: [{ path: "since", message: `More than ${replayMatchedMax} events match` }],
        },
      );
    }
    const deliveries = batch.map(({ eventId, eventType }, index) => ({
      id: deps.newId(),
      eventId,
      eventType,
      dueAt: dueAt(dueFromMs, matched + index, input.perSecond),
    }));
    await insertReplayDeliveries(sql, { ...replay, lane: lanes.replay }, deliveries);
    matched += batch.length;
  }
  await prisma.replay.create({
    data: {
      ...replay,
      scope: input.scope,
      since: input.since,
      until: input.until ?? startedAt,
      eventTypes: input.eventTypes ?? [],
      perSecond: input.perSecond ?? null,
      matched,
      requestedByLabel: principal.actorLabel,
      startedAt,
    },
  });
  const target = encodeId("ep", endpoint.id);
  const after = { replayId: encodeId("rpl", id), scope: input.scope, matched };
  await recordAudit(
    prisma,
    principal,
    { action: "endpoint.replay_started", target, after },
    startedAt,
    deps.newId(),
  );
  return matched;
}

function dueAt(fromMs: number, number: number, perSecond: number | undefined): Date {
  return new Date(perSecond === undefined ? fromMs : fromMs + (number * 1000) / perSecond);
}

async function ownEndpoint(deps: Deps, principal: Principal, id: string): Promise<Endpoint> {
  const where = { id, organizationId: principal.organizationId, deletedAt: null };
  const endpoint = await deps.prisma.endpoint.findFirst({ where });
  if (!endpoint) throw notFound("endpoint");
  return endpoint;
}

/** The time range as event ids, kept inside the retention: older events are gone or about to be. */
function selectionOf(deps: Deps, { scope, since, until, eventTypes }: ReplayIn): ReplaySelection {
  const now = deps.clock();
  const oldest = new Date(now.getTime() - deps.settings.retentionMs);
  return {
    scope,
    sinceId: uuidV7Floor(since > oldest ? since : oldest),
    untilId: uuidV7FloorSince1970(until && until < now ? until : new Date(now.getTime() + 1)),
    eventTypes: eventTypes ?? null,
  };
}

/** Candidates in batches, after the endpoint's filter, which only JavaScript can judge. */
async function* candidates(
  sql: Sql,
  endpoint: Endpoint,
  selection: ReplaySelection,
): AsyncGenerator<ReplayCandidate[]> {
  const filter = endpoint.filter as EventFilter | null;
  const page = { limit: batchSize, withData: filter !== null };
  let afterId: string | null = null;
  for (;;) {
    const batch: ReplayCandidate[] = await listReplayCandidates(sql, targetOf(endpoint), selection, {
      ...page,
      afterId,
    });
    const wanted =
      filter === null
        ? batch
        : batch.filter(({ dataText }) => matchesFilter(filter, JSON.parse(dataText ?? "null")));
    if (wanted.length > 0) yield wanted;
    afterId = batch.at(-1)?.eventId ?? null;
    if (batch.length < batchSize) return;
  }
}
