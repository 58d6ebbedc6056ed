import "server-only";
import { timeOfUuidV7, uuidV7Floor } from "@/lib/domain/ids";
import { advisoryLocks } from "./advisory-locks";
import type { Sql } from "./sql";

const marginMs = 3_600_000;

/** Deliveries of events and replays of a range of identifiers. */
export interface LedgerCounts {
  events: number;
  /** Deliveries that the fan-outs made, by the events' own word. */
  promised: number;
  /** Deliveries that exist, replays apart. */
  existing: number;
  unbalancedEvents: number;
  succeeded: number;
  exhausted: number;
  discarded: number;
  canceled: number;
  /** Pending and held. */
  open: number;
  replayPromised: number;
  replayExisting: number;
  unbalancedReplays: number;
}

export interface LedgerDay {
  /** `2026-11-21`, UTC. */
  day: string;
  /** Events with a smaller id are counted. */
  countedUntil: string;
  counts: Omit<LedgerCounts, "succeeded" | "exhausted" | "discarded" | "canceled" | "open">;
  /** By the last recount of the whole day; null before the first. */
  settled: Pick<LedgerCounts, "succeeded" | "exhausted" | "discarded" | "canceled" | "open"> | null;
  recountStartedAt: Date | null;
  recountedAt: Date | null;
  recountedUpdates: number | null;
}

type DayRow = Omit<LedgerDay, "counts" | "settled"> & LedgerDay["counts"] & LedgerCounts;

/** The days from `since` (`2026-11-21`) on, oldest first. */
export async function listLedgerDays(sql: Sql, since: string): Promise<LedgerDay[]> {
  const rows = await sql<DayRow>(
    `SELECT day::text AS day, counted_until AS "countedUntil", event_count::float8 AS events,
       promised_count::float8 AS promised, existing_count::float8 AS existing,
       unbalanced_event_count::float8 AS "unbalancedEvents", replay_promised_count::float8 AS "replayPromised",
       replay_existing_count::float8 AS "replayExisting", unbalanced_replay_count::float8 AS "unbalancedReplays",
       succeeded_count::float8 AS succeeded, exhausted_count::float8 AS exhausted,
       discarded_count::float8 AS discarded, canceled_count::float8 AS canceled, open_count::float8 AS open,
       recount_started_at AS "recountStartedAt", recounted_at AS "recountedAt",
       recounted_updates::float8 AS "recountedUpdates"
     FROM ledger_day WHERE day >= $1::date ORDER BY day`,
    [since],
  );
  return rows.map(toLedgerDay);
}

function toLedgerDay(row: DayRow): LedgerDay {
  const { day, countedUntil, recountStartedAt, recountedAt, recountedUpdates } = row;
  const { events, promised, existing, unbalancedEvents } = row;
  const { replayPromised, replayExisting, unbalancedReplays } = row;
  const { succeeded, exhausted, discarded, canceled, open } = row;
  return {
    day,
    countedUntil,
    counts: {
      ...{ events, promised, existing, unbalancedEvents },
      ...{ replayPromised, replayExisting, unbalancedReplays },
    },
    settled: recountedAt === null ? null : { succeeded, exhausted, discarded, canceled, open },
    ...{ recountStartedAt, recountedAt, recountedUpdates },
  };
}

/** Until the transaction ends; false when another process is counting. */
export async function tryLockLedger(sql: Sql): Promise<boolean> {
  const rows = await sql<{ locked: boolean }>(
    `SELECT pg_try_advisory_xact_lock(${advisoryLocks.ledger}) AS locked`,
  );
  return rows[0]?.locked ?? false;
}

/** The end of a range from `from` on that holds at most `limit` events: the id after them, or `until`. */
export async function findRangeEnd(sql: Sql, from: string, until: string, limit: number): Promise<string> {
  const rows = await sql<{ id: string }>(
    "SELECT id FROM event WHERE id >= $1::uuid AND id < $2::uuid ORDER BY id OFFSET $3::integer LIMIT 1",
    [from, until, limit],
  );
  return rows[0]?.id ?? until;
}

/**
 * Counts the events and replays with an id from `from` to before `until`, and their deliveries. Deliveries are found by
 * the ids of their events, in partitions of the same time: an event's deliveries are made with it.
 */
export async function countRange(sql: Sql, from: string, until: string): Promise<LedgerCounts> {
  const earliest = uuidV7Floor(new Date(timeOfUuidV7(from).getTime() - marginMs));
  const latest = uuidV7Floor(new Date(timeOfUuidV7(until).getTime() + marginMs));
  const rows = await sql<LedgerCounts>(countStatement, [from, until, earliest, latest]);
  return rows[0]!;
}

const countStatement = `
  WITH existing AS (
    SELECT event_id, count(*) AS deliveries,
      count(*) FILTER (WHERE state = 'succeeded') AS succeeded,
      count(*) FILTER (WHERE state = 'exhausted') AS exhausted,
      count(*) FILTER (WHERE state = 'discarded') AS discarded,
      count(*) FILTER (WHERE state = 'canceled') AS canceled,
      count(*) FILTER (WHERE state IN ('pending', 'held')) AS open
    FROM delivery
    WHERE event_id >= $1::uuid AND event_id < $2::uuid AND purpose <> 'replay'
      AND id >= $3::uuid AND id < $4::uuid
    GROUP BY event_id
  ),
  replayed AS (
    SELECT matched, (
        SELECT count(*) FROM delivery
        WHERE delivery.replay_id = replay.id AND delivery.id >= $3::uuid AND delivery.id < $4::uuid
      ) AS deliveries
    FROM replay WHERE id >= $1::uuid AND id < $2::uuid
  )
  SELECT e.*, r.* FROM (
    SELECT count(event.id)::float8 AS events,
      coalesce(sum(event.delivery_count), 0)::float8 AS promised,
      coalesce(sum(deliveries), 0)::float8 AS existing,
      count(*) FILTER (WHERE coalesce(event.delivery_count, 0) <> coalesce(deliveries, 0))::float8
        AS "unbalancedEvents",
      coalesce(sum(succeeded), 0)::float8 AS succeeded, coalesce(sum(exhausted), 0)::float8 AS exhausted,
      coalesce(sum(discarded), 0)::float8 AS discarded, coalesce(sum(canceled), 0)::float8 AS canceled,
      coalesce(sum(open), 0)::float8 AS open
    FROM (SELECT id, delivery_count FROM event WHERE id >= $1::uuid AND id < $2::uuid) event
    FULL JOIN existing ON existing.event_id = event.id
  ) e, (
    SELECT coalesce(sum(matched), 0)::float8 AS "replayPromised",
      coalesce(sum(deliveries), 0)::float8 AS "replayExisting",
      count(*) FILTER (WHERE matched <> deliveries)::float8 AS "unbalancedReplays"
    FROM replayed
  ) r`;

/** Adds a range that ends at `until` to its day. */
export async function addToDay(sql: Sql, day: string, until: string, counts: LedgerCounts): Promise<void> {
  await sql(
    `INSERT INTO ledger_day AS ledger (day, counted_until, event_count, promised_count, existing_count,
       unbalanced_event_count, replay_promised_count, replay_existing_count, unbalanced_replay_count)
     VALUES ($1::date, $2::uuid, $3::float8, $4::float8, $5::float8, $6::float8, $7::float8, $8::float8, $9::float8)
     ON CONFLICT (day) DO UPDATE SET counted_until = excluded.counted_until,
       event_count = ledger.event_count + excluded.event_count,
       promised_count = ledger.promised_count + excluded.promised_count,
       existing_count = ledger.existing_count + excluded.existing_count,
       unbalanced_event_count = ledger.unbalanced_event_count + excluded.unbalanced_event_count,
       replay_promised_count = ledger.replay_promised_count + excluded.replay_promised_count,
       replay_existing_count = ledger.replay_existing_count + excluded.replay_existing_count,
       unbalanced_replay_count = ledger.unbalanced_replay_count + excluded.unbalanced_replay_count`,
    [day, until, ...countValues(counts)],
  );
}

function countValues(counts: LedgerCounts): number[] {
  const { events, promised, existing, unbalancedEvents } = counts;
  const { replayPromised, replayExisting, unbalancedReplays } = counts;
  return [events, promised, existing, unbalancedEvents, replayPromised, replayExisting, unbalancedReplays];
}

/** How often rows of the day's deliveries were updated, by PostgreSQL's own count; null when the partition is gone. */
export async function countUpdates(sql: Sql, day: string): Promise<number | null> {
  const rows = await sql<{ updates: number | null }>(
    "SELECT pg_stat_get_tuples_updated(to_regclass('delivery_' || replace($1, '-', '')))::float8 AS updates",
    [day],
  );
  return rows[0]?.updates ?? null;
}

/** Makes the recount of a day this process's for an hour; false when another process is at it. */
export async function claimRecount(sql: Sql, day: string, now: Date): Promise<boolean> {
  const rows = await sql(
    `UPDATE ledger_day SET recount_started_at = $2::timestamptz
     WHERE day = $1::date
       AND (recount_started_at IS NULL OR recount_started_at <= $2::timestamptz - interval '1 hour')
     RETURNING 1`,
    [day, now],
  );
  return rows.length > 0;
}

/** Replaces what was counted as the day's events came by a count of the whole day. */
export async function storeRecount(
  sql: Sql,
  day: string,
  counts: LedgerCounts,
  { now, updates }: { now: Date; updates: number },
): Promise<void> {
  const { succeeded, exhausted, discarded, canceled, open } = counts;
  await sql(
    `UPDATE ledger_day SET event_count = $2::float8, promised_count = $3::float8, existing_count = $4::float8,
       unbalanced_event_count = $5::float8, replay_promised_count = $6::float8, replay_existing_count = $7::float8,
       unbalanced_replay_count = $8::float8, succeeded_count = $9::float8, exhausted_count = $10::float8,
       discarded_count = $11::float8, canceled_count = $12::float8, open_count = $13::float8,
       recounted_at = $14::timestamptz, recounted_updates = $15::float8
     WHERE day = $1::date`,
    [day, ...countValues(counts), succeeded, exhausted, discarded, canceled, open, now, updates],
  );
}

/** Forgets days before `before` (`2026-11-21`): they have long left the retention, and nothing reads them. */
export async function pruneLedger(sql: Sql, before: string): Promise<void> {
  await sql("DELETE FROM ledger_day WHERE day < $1::date", [before]);
}
