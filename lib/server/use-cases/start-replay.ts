import "server-only";
import { lanes } from "@/lib/domain/delivery-settlement";
import { encodeId } from "@/lib/domain/ids";
import { replayMatchedMax } from "@/lib/domain/limits";
import type { ReplayDryRun, ReplayIn, ReplayStarted } from "@/lib/schemas/replay";
import { AppError, notFound } from "@/lib/server/app-error";
import { recordAudit } from "@/lib/server/db/audit";
import type { Endpoint } from "@/lib/server/db/generated/client";
import { readDatabaseClock } from "@/lib/server/db/leases";
import { insertReplayDeliveries, lockReplays, type ReplaySelection } from "@/lib/server/db/replays";
import type { Transaction } from "@/lib/server/db/sql";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import type { z } from "zod";
import { checkEventTypes } from "./check-endpoint-input";
import { candidates, chooseByFilter, countCandidates, selectionOf } from "./replay-candidates";

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
  const byEventType = await countCandidates(deps.sql, endpoint, selection);
  return { matched: byEventType.reduce((sum, { count }) => sum + count, 0), byEventType };
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
  const selection = selectionOf(deps, input);
  const chosen = await chooseByFilter(deps.sql, endpoint, selection, replayMatchedMax);
  if (chosen === "too_many") throw tooManyMatch();
  const matched = await deps.transaction((transaction) =>
    makeReplay(deps, principal, transaction, { id, endpoint, input, selection, chosen }),
  );
  deps.wake();
  return { replayId: encodeId("rpl", id), matched };
}

interface NewReplay {
  id: string;
  endpoint: Endpoint;
  input: ReplayIn;
  selection: ReplaySelection;
  /** What the endpoint's filter lets through; null without a filter. */
  chosen: readonly string[] | null;
}

async function makeReplay(
  deps: Deps,
  principal: Principal,
  { prisma, sql }: Transaction,
  { id, endpoint, input, selection, chosen }: NewReplay,
): Promise<number> {
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
  for await (const batch of candidates(sql, endpoint, selection, chosen)) {
    if (matched + batch.length > replayMatchedMax) throw tooManyMatch();
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

function tooManyMatch(): AppError {
  return new AppError(
    422,
    `More than ${replayMatchedMax} events match: choose a shorter time or fewer event types.`,
    { errors: [{ path: "since", message: `More than ${replayMatchedMax} events match` }] },
  );
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
