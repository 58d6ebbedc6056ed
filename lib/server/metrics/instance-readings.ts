import "server-only";
import { countEndpoints, countMails, listWorkers } from "@/lib/server/db/instance-counts";
import { listLedgerDays, type LedgerDay } from "@/lib/server/db/ledger";
import { countStuck, listOverdueEndpoints, readHeld, readLanes } from "@/lib/server/db/queue";
import type { Deps } from "@/lib/server/deps";
import { pacedReading } from "./paced-reading";

const overdueEndpointsMax = 10;
const minAgeMs = 2_000;

export type QueueReading = Awaited<ReturnType<typeof readQueue>>;
export type CountsReading = Awaited<ReturnType<typeof readCounts>>;

interface Readings {
  queue(): Promise<QueueReading>;
  counts(): Promise<CountsReading>;
  ledger(): Promise<LedgerDay[]>;
}

const readings = new WeakMap<Deps, Readings>();

/** What the database says about the whole instance, read for everyone at once and at a bounded cost. */
export function instanceReadings(deps: Deps): Readings {
  let known = readings.get(deps);
  if (!known) {
    known = {
      queue: pacedReading(() => readQueue(deps), minAgeMs),
      counts: pacedReading(() => readCounts(deps), minAgeMs),
      ledger: pacedReading(() => listLedgerDays(deps.sql, oldestDay(deps)), minAgeMs),
    };
    readings.set(deps, known);
  }
  return known;
}

async function readQueue({ sql, clock }: Deps) {
  const now = clock();
  // One after the other: a reading must not take more than one connection from those who deliver.
  const lanes = await readLanes(sql, now);
  const held = await readHeld(sql);
  const stuck = await countStuck(sql, now);
  const isLate = lanes.some(({ overdue }) => overdue > 0);
  const overdueEndpoints = isLate ? await listOverdueEndpoints(sql, now, overdueEndpointsMax) : [];
  return { now, lanes, held, stuck, overdueEndpoints };
}

async function readCounts({ sql }: Deps) {
  const endpoints = await countEndpoints(sql);
  const mails = await countMails(sql);
  const workers = await listWorkers(sql);
  return { endpoints, mails, workers };
}

function oldestDay({ clock, settings }: Deps): string {
  return new Date(clock().getTime() - settings.retentionMs).toISOString().slice(0, 10);
}
