import "server-only";
import { uuidV7Floor } from "@/lib/domain/ids";
import {
  addToDay,
  claimRecount,
  countRange,
  countUpdates,
  findRangeEnd,
  listLedgerDays,
  pruneLedger,
  storeRecount,
  tryLockLedger,
  type LedgerCounts,
  type LedgerDay,
} from "@/lib/server/db/ledger";
import { poolSql, sqlTransaction, type Sql } from "@/lib/server/db/sql";
import type { Engine } from "./engine";
import { undisputedNow } from "./undisputed-now";

const dayMs = 86_400_000;
/** Longer than any publishing transaction lasts (20 s): what commits later than this is found by the recount. */
export const ledgerLagMs = 60_000;
/** A day is over for this long before it is recounted, and was recounted this long ago before it is again. */
const quietMs = 3_600_000;
/** Recounts stop this long before the day may be dropped. */
const beforeDropMs = 3_600_000;
const keepDays = 90;
const rangeEvents = 20_000;

type LedgerEngine = Pick<Engine, "pool" | "clock" | "log" | "settings">;

interface Recount {
  day: string;
  from: string;
  until: string;
  updates: number;
  sum: LedgerCounts;
}

/**
 * Keeps the ledger (docs/decisions/012): counts on behind the newest events, and recounts a day when it has grown
 * quiet and whenever its deliveries have changed since. A step reads at most 20,000 events, however many there are.
 */
export class LedgerKeeper {
  readonly #engine: LedgerEngine;
  #recount: Recount | null = null;
  #looksAgainAtMs = 0;

  constructor(engine: LedgerEngine) {
    this.#engine = engine;
  }

  /** One step; returns whether more is left to count now. Safe in any number of processes at once. */
  async step(): Promise<boolean> {
    if (await sqlTransaction(this.#engine.pool, (sql) => countOn(this.#engine, sql))) return true;
    if (this.#recount === null) await this.#beginRecount();
    if (this.#recount === null) return false;
    await this.#recountOn(this.#recount);
    return true;
  }

  /** Steps until everything is counted or `maxMs` have passed. */
  async catchUp(maxMs: number): Promise<void> {
    const endsAt = performance.now() + maxMs;
    while ((await this.step()) && performance.now() < endsAt);
  }

  async #beginRecount(): Promise<void> {
    const now = this.#engine.clock();
    if (now.getTime() < this.#looksAgainAtMs) return;
    const sql = poolSql(this.#engine.pool);
    for (const ledgerDay of await listLedgerDays(sql, oldestDay(this.#engine, now))) {
      const updates = await updatesToRecount(this.#engine, sql, ledgerDay, now);
      if (updates === null || !(await claimRecount(sql, ledgerDay.day, now))) continue;
      const { from, until } = dayRange(ledgerDay.day);
      this.#recount = { day: ledgerDay.day, from, until, updates, sum: nothing };
      return;
    }
    const past = await undisputedNow(this.#engine);
    await pruneLedger(sql, dayOf(new Date(past.getTime() - keepDays * dayMs)));
    this.#looksAgainAtMs = now.getTime() + 60_000;
  }

  async #recountOn(recount: Recount): Promise<void> {
    const sql = poolSql(this.#engine.pool);
    const until = await findRangeEnd(sql, recount.from, recount.until, rangeEvents);
    recount.sum = added(recount.sum, await countRange(sql, recount.from, until));
    recount.from = until;
    if (until !== recount.until) return;
    this.#recount = null;
    const now = this.#engine.clock();
    // Counted while its rows were being dropped is not counted at all.
    if (!mayRecount(this.#engine, recount.day, now)) return;
    await storeRecount(sql, recount.day, recount.sum, { now, updates: recount.updates });
    warnWhenUnbalanced(this.#engine, recount.day, recount.sum);
  }
}

/** Counts the next range of the first day that is not counted up to the lag. Returns whether there was one. */
async function countOn(engine: LedgerEngine, sql: Sql): Promise<boolean> {
  if (!(await tryLockLedger(sql))) return false;
  const now = engine.clock();
  const untilMs = now.getTime() - ledgerLagMs;
  const oldest = oldestDay(engine, now);
  const known = new Map((await listLedgerDays(sql, oldest)).map((row) => [row.day, row.countedUntil]));
  for (let ms = Date.parse(oldest); ms < untilMs; ms += dayMs) {
    const day = dayOf(new Date(ms));
    const from = known.get(day) ?? uuidV7Floor(new Date(ms));
    const end = uuidV7Floor(new Date(Math.min(ms + dayMs, untilMs)));
    if (from >= end) continue;
    const until = await findRangeEnd(sql, from, end, rangeEvents);
    const counts = await countRange(sql, from, until);
    await addToDay(sql, day, until, counts);
    warnWhenUnbalanced(engine, day, counts);
    // The newest moments are never all counted: what is left is worth a step of its own only when it is a full one.
    return until !== end || ms + dayMs < untilMs;
  }
  return false;
}

/** The update count to store with the recount of a day that is due for one; null when it is not. */
async function updatesToRecount(
  engine: LedgerEngine,
  sql: Sql,
  { day, countedUntil, recountedAt, recountedUpdates }: LedgerDay,
  now: Date,
): Promise<number | null> {
  const { until, endMs } = dayRange(day);
  if (countedUntil < until || endMs + quietMs > now.getTime() || !mayRecount(engine, day, now)) return null;
  if (recountedAt && recountedAt.getTime() + quietMs > now.getTime()) return null;
  const updates = await countUpdates(sql, day);
  return updates === recountedUpdates ? null : updates;
}

function mayRecount(engine: LedgerEngine, day: string, now: Date): boolean {
  return dayRange(day).endMs + engine.settings.retentionMs - beforeDropMs > now.getTime();
}

function warnWhenUnbalanced(engine: LedgerEngine, day: string, counts: LedgerCounts): void {
  const { unbalancedEvents, unbalancedReplays, promised, existing } = counts;
  if (unbalancedEvents + unbalancedReplays === 0) return;
  engine.log.error(
    { day, unbalancedEvents, unbalancedReplays, promised, existing },
    "the ledger does not balance: events have more or fewer deliveries than they were given",
  );
}

/** The oldest day whose deliveries have not been dropped. */
function oldestDay(engine: LedgerEngine, now: Date): string {
  return dayOf(new Date(now.getTime() - engine.settings.retentionMs));
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function dayRange(day: string): { from: string; until: string; endMs: number } {
  const fromMs = Date.parse(day);
  const endMs = fromMs + dayMs;
  return { from: uuidV7Floor(new Date(fromMs)), until: uuidV7Floor(new Date(endMs)), endMs };
}

const nothing: LedgerCounts = {
  ...{ events: 0, promised: 0, existing: 0, unbalancedEvents: 0 },
  ...{ succeeded: 0, exhausted: 0, discarded: 0, canceled: 0, open: 0 },
  ...{ replayPromised: 0, replayExisting: 0, unbalancedReplays: 0 },
};

function added(a: LedgerCounts, b: LedgerCounts): LedgerCounts {
  const sum = { ...a };
  for (const name of Object.keys(sum) as (keyof LedgerCounts)[]) sum[name] += b[name];
  return sum;
}
