import "server-only";
import { laneNames } from "@/lib/domain/delivery-settlement";
import { encodeId, timeOfUuidV7 } from "@/lib/domain/ids";
import type { InstanceStatusOut, LaneStatusOut, LedgerDayOut } from "@/lib/schemas/instance-status";
import type { LedgerDay } from "@/lib/server/db/ledger";
import type { Deps } from "@/lib/server/deps";
import { instanceReadings, type QueueReading } from "@/lib/server/metrics/instance-readings";
import { requireOperator, type Principal } from "@/lib/server/principal";

/** The queue and the ledger of the whole instance, a few seconds old at most. Operators only: throws 403. */
export async function getInstanceStatus(deps: Deps, principal: Principal): Promise<InstanceStatusOut> {
  requireOperator(principal);
  const readings = instanceReadings(deps);
  const queue = await readings.queue();
  const ledger = await readings.ledger();
  const { workers } = await readings.counts();
  const { held, stuck } = queue;
  return {
    readAt: queue.now.toISOString(),
    workers: workers.map(({ id, startedAt }) => ({ id, startedAt: startedAt.toISOString() })),
    lanes: laneNames.map((_, lane) => toLaneOut(queue, lane)),
    held: {
      count: held.count,
      oldestAt: held.oldestId ? timeOfUuidV7(held.oldestId).toISOString() : null,
    },
    stuck,
    overdueEndpoints: queue.overdueEndpoints.map((endpoint) => ({
      endpointId: encodeId("ep", endpoint.endpointId),
      organizationName: endpoint.organizationName,
      own: endpoint.organizationId === principal.organizationId,
      url: endpoint.url,
      count: endpoint.count,
      oldestDueAt: endpoint.oldestDueAt.toISOString(),
    })),
    ledger: toLedgerOut(ledger),
  };
}

function toLaneOut({ lanes }: QueueReading, lane: number): LaneStatusOut {
  const depth = lanes.find((one) => one.lane === lane);
  return {
    lane: laneNames[lane]!,
    waiting: depth?.waiting ?? 0,
    due: depth?.due ?? 0,
    leased: depth?.leased ?? 0,
    overdue: depth?.overdue ?? 0,
    oldestDueAt: depth?.oldestDueAt?.toISOString() ?? null,
  };
}

function toLedgerOut(ledgerDays: readonly LedgerDay[]): InstanceStatusOut["ledger"] {
  const newest = ledgerDays.at(-1);
  // A day on which nothing happened, or before the instance existed, says nothing.
  const days = ledgerDays
    .map(toDayOut)
    .filter((one) => one.day === newest?.day || one.events + one.existing + one.replayExisting > 0)
    .reverse();
  return {
    unbalanced: days.reduce((sum, { unbalanced }) => sum + unbalanced, 0),
    countedUntil: newest ? timeOfUuidV7(newest.countedUntil).toISOString() : null,
    days,
  };
}

function toDayOut({ day, counts, settled, recountedAt }: LedgerDay): LedgerDayOut {
  const { events, promised, existing, unbalancedEvents } = counts;
  const { replayPromised, replayExisting, unbalancedReplays } = counts;
  return {
    day,
    events,
    promised,
    existing,
    replayPromised,
    replayExisting,
    unbalanced: unbalancedEvents + unbalancedReplays,
    settled,
    recountedAt: recountedAt?.toISOString() ?? null,
  };
}
