import "server-only";
import { expireValidation } from "@/lib/domain/endpoint-lifecycle";
import { overviewRangeMs } from "@/lib/schemas/overview";
import { lockEndpoints, overdueValidations, storeLifecycles } from "@/lib/server/db/lifecycles";
import { reconcileHeld } from "@/lib/server/db/open-deliveries";
import { dropPartition, ensurePartitions, listPartitions } from "@/lib/server/db/partitions";
import { cancelRest } from "@/lib/server/db/replays";
import { pruneAudit } from "@/lib/server/db/audit-log";
import { prunePasswordLinks } from "@/lib/server/db/password-links";
import { pruneStatistics } from "@/lib/server/db/statistics";
import { poolSql, sqlTransaction } from "@/lib/server/db/sql";
import { lockDeadWorkers, returnLeases } from "@/lib/server/db/workers";
import { tellRepeated } from "@/lib/server/repeated-trouble";
import { applyEffects } from "./apply-effects";
import { eachInTurn } from "./each-in-turn";
import { systemActor, type Engine } from "./engine";
import { sendReminders } from "./notices";
import { undisputedNow } from "./undisputed-now";

const dayMs = 86_400_000;
const partitionDaysAhead = 3;
/** An event outlives the retention by the longest a replayed delivery of it may still be retried. */
const eventExtraDays = 3;
/** A canceled replay's last requests have ended by then, whatever their timeout and lease, unless nobody delivers. */
const canceledReplayWatchMs = 600_000;
/** The overview shows its longest range beside the one before it: sums that outlive what they were counted from. */
const comparedMs = 2 * Math.max(...Object.values(overviewRangeMs));
/** Audit entries deleted by one statement, and statements an hour: a long pause is caught up over the next hours. */
const auditBatch = 1_000;
const auditBatchesMax = 50;

/**
 * What has to happen on time and by itself, every second or so. Returns whether something became due. `takesOver` is
 * false while others that have ended cannot be told from others that have not found back to the database yet.
 */
export async function keepHouse(
  engine: Engine,
  workerId: number | null,
  takesOver: boolean = true,
): Promise<boolean> {
  const sql = poolSql(engine.pool);
  const now = engine.clock();
  const steps: Record<string, () => Promise<boolean>> = {
    "take over": async () => takesOver && (await takeOver(engine, workerId)) > 0,
    "expire validations": () => expireValidations(engine),
    "reconcile held deliveries": async () => (await reconcileHeld(sql, now)) > 0,
    "cancel the rest of replays": async () => {
      await cancelRest(sql, canceledReplayWatchMs, now);
      return false;
    },
    "send reminders": async () => {
      await sendReminders(engine);
      return false;
    },
  };
  let somethingIsDue = false;
  for (const [name, step] of Object.entries(steps)) {
    try {
      if (await step()) somethingIsDue = true;
    } catch (error) {
      // What one step stumbles over every second must not keep the others from ever being done.
      tellRepeated(engine.log, "error", { err: error, step: name }, "a step of housekeeping failed");
    }
  }
  return somethingIsDue;
}

async function expireValidations(engine: Engine): Promise<boolean> {
  const overdue = await overdueValidations(poolSql(engine.pool), engine.clock());
  await eachInTurn(overdue, ({ id }) =>
    sqlTransaction(engine.pool, async (sql) => {
      const [endpoint] = await lockEndpoints(sql, [id]);
      if (!endpoint) return;
      const step = expireValidation(endpoint.lifecycle, engine.clock());
      await storeLifecycles(sql, [{ id, lifecycle: step.lifecycle }]);
      await applyEffects(engine, sql, endpoint, step, systemActor);
    }),
  );
  return overdue.length > 0;
}

/** Returns the leases of workers whose process has ended. */
async function takeOver(engine: Engine, workerId: number | null): Promise<number> {
  return sqlTransaction(engine.pool, async (sql) => {
    const dead = await lockDeadWorkers(sql, workerId);
    const returned = await returnLeases(sql, dead);
    if (returned > 0)
      engine.log.warn({ workers: dead, leases: returned }, "took over from workers that ended");
    return returned;
  });
}

/**
 * Makes the days to come and drops the days past, and looks once more for what those have missed who look every second.
 * Hourly, when a day begins, and once before anything is accepted or sent.
 */
export async function keepPartitions(
  engine: Pick<Engine, "pool" | "clock" | "log" | "settings">,
): Promise<void> {
  await ensurePartitions(poolSql(engine.pool), engine.clock(), partitionDaysAhead);
  const now = await undisputedNow(engine);
  for (const { table, name, day } of await listPartitions(poolSql(engine.pool))) {
    const extraMs = table === "event" ? eventExtraDays * dayMs : 0;
    const isPast = day.getTime() + dayMs + engine.settings.retentionMs + extraMs <= now.getTime();
    if (!isPast) continue;
    try {
      const outcome = await sqlTransaction(engine.pool, (sql) => dropPartition(sql, name));
      if (outcome === "open")
        engine.log.warn({ partition: name }, "a day past its retention still has open deliveries");
    } catch (error) {
      // A reader holds it; the next round tries again.
      engine.log.info({ err: error, partition: name }, "a day past its retention was not dropped yet");
    }
  }
  await cancelRest(poolSql(engine.pool), engine.settings.retentionMs, now);
  await pruneAuditLog(engine);
  await prunePasswordLinks(poolSql(engine.pool), now);
  const statisticsMs = Math.max(engine.settings.retentionMs, comparedMs) + dayMs;
  await pruneStatistics(poolSql(engine.pool), new Date(now.getTime() - statisticsMs));
}

async function pruneAuditLog({ pool }: Pick<Engine, "pool">): Promise<void> {
  for (let batch = 0; batch < auditBatchesMax; batch += 1) {
    if ((await pruneAudit(poolSql(pool), auditBatch)) < auditBatch) return;
  }
}
