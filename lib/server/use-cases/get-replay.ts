import "server-only";
import { encodeId } from "@/lib/domain/ids";
import type { ReplayOut } from "@/lib/schemas/replay";
import { notFound } from "@/lib/server/app-error";
import { recordAudit } from "@/lib/server/db/audit";
import type { Replay } from "@/lib/server/db/generated/client";
import { lockEndpoint } from "@/lib/server/db/lifecycles";
import { cancelReplayDeliveries, countReplay, listReplayIds, markCanceled } from "@/lib/server/db/replays";
import type { Sql } from "@/lib/server/db/sql";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { requireLoggedEndpoint } from "./attempt-selection";

/**
 * Throws 404, also for one that has ended and is past the retention: it is counted by its deliveries, and they are gone or
 * about to be.
 */
export async function getReplay(deps: Deps, principal: Principal, id: string): Promise<ReplayOut> {
  const replay = await toReplayOut(deps.sql, await requireReplay(deps, principal, id));
  const isKept = new Date(replay.startedAt) >= oldestKept(deps);
  if (replay.queued === 0 && !isKept) throw notFound("replay");
  return replay;
}

const oldestKept = ({ clock, settings }: Deps) => new Date(clock().getTime() - settings.retentionMs);

async function requireReplay(deps: Deps, { organizationId }: Principal, id: string): Promise<Replay> {
  const replay = await deps.prisma.replay.findFirst({ where: { id, organizationId } });
  if (!replay) throw notFound("replay");
  return replay;
}

/** The endpoint's replays inside the retention, and those still under way, newest first, at most 20. Throws 404. */
export async function listReplays(
  deps: Deps,
  principal: Principal,
  endpointId: string,
): Promise<ReplayOut[]> {
  await requireLoggedEndpoint(deps, principal, endpointId);
  const { organizationId } = principal;
  const ofEndpoint = { organizationId, endpointId };
  const ids = await listReplayIds(deps.sql, ofEndpoint, { since: oldestKept(deps), limit: 20 });
  const replays = await deps.prisma.replay.findMany({ where: { id: { in: ids } }, orderBy: { id: "desc" } });
  return Promise.all(replays.map((replay) => toReplayOut(deps.sql, replay)));
}

/**
 * Cancels what has not been sent. What is in flight ends by its own outcome; canceling again, or what is over, changes
 * nothing. Throws 404.
 */
export async function cancelReplay(deps: Deps, principal: Principal, id: string): Promise<ReplayOut> {
  const now = deps.clock();
  const { endpointId } = await requireReplay(deps, principal, id);
  await deps.transaction(async ({ prisma, sql }) => {
    // As everybody who ends deliveries of an endpoint: two of them at once would wait for each other's rows.
    await lockEndpoint(sql, principal.organizationId, endpointId);
    if (!(await markCanceled(sql, principal.organizationId, id))) return;
    await cancelReplayDeliveries(sql, id, now);
    const target = encodeId("ep", endpointId);
    const after = { replayId: encodeId("rpl", id) };
    await recordAudit(
      prisma,
      principal,
      { action: "endpoint.replay_canceled", target, after },
      now,
      deps.newId(),
    );
  });
  return getReplay(deps, principal, id);
}

async function toReplayOut(sql: Sql, replay: Replay): Promise<ReplayOut> {
  const counts = await countReplay(sql, replay.id);
  const isOver = counts.queued === 0;
  const finishedAt = isOver ? (counts.lastFinishedAt ?? replay.startedAt) : null;
  const ended = replay.canceledAt ? "canceled" : "completed";
  return {
    id: encodeId("rpl", replay.id),
    endpointId: encodeId("ep", replay.endpointId),
    scope: replay.scope as ReplayOut["scope"],
    since: replay.since.toISOString(),
    until: replay.until.toISOString(),
    eventTypes: replay.eventTypes,
    perSecond: replay.perSecond,
    state: isOver || replay.canceledAt ? ended : "running",
    matched: replay.matched,
    queued: counts.queued,
    succeeded: counts.succeeded,
    failed: counts.failed,
    canceled: counts.canceled,
    requestedBy: replay.requestedByLabel,
    startedAt: replay.startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}
