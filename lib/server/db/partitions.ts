import "server-only";
import { uuidV7Floor } from "@/lib/domain/ids";
import { advisoryLocks } from "./advisory-locks";
import type { Sql } from "./sql";

const dayMs = 86_400_000;
const partitioned = ["event", "delivery", "attempt"] as const;

/** Percent of a page that inserts fill. A delivery is leased once before it ends: its new version goes beside it. */
const fillFactors = { event: 100, delivery: 50, attempt: 100 } as const;

/**
 * A delivery that ends gets a second entry in every index but the partial ones, right beside its first. With room for it
 * no page is split, and none is searched for entries to throw out or to merge.
 */
const deliveryIndexOptions = "fillfactor = 45, deduplicate_items = off";

/** `20261121`: the day a partition is named after, UTC. */
function dayName(at: Date): string {
  return at.toISOString().slice(0, 10).replaceAll("-", "");
}

/** Makes the day partitions from one day before `now` (a clock may be set back) to `daysAhead` after it. */
export async function ensurePartitions(sql: Sql, now: Date, daysAhead: number): Promise<void> {
  const today = Math.floor(now.getTime() / dayMs) * dayMs;
  const existing = new Set(
    (await sql<{ name: string }>(partitionNames, [partitioned])).map((row) => row.name),
  );
  for (let day = today - dayMs; day <= today + daysAhead * dayMs; day += dayMs) {
    await ensureDay(sql, new Date(day), existing);
  }
}

async function ensureDay(sql: Sql, from: Date, existing: ReadonlySet<string>): Promise<void> {
  const until = new Date(from.getTime() + dayMs);
  for (const table of partitioned) {
    const name = `${table}_${dayName(from)}`;
    if (existing.has(name)) continue;
    // Made first and attached then: CREATE TABLE ... PARTITION OF would wait for every reader of the whole table (a
    // backup reads for hours), with all that publishes and delivers waiting behind it.
    // Names and bounds are made here from a date: nothing in them comes from outside.
    await sql(`
      DO $$ DECLARE index_name text; BEGIN
        PERFORM pg_advisory_xact_lock(${advisoryLocks.partitions});
        IF to_regclass('${name}') IS NULL THEN
          CREATE TABLE ${name} (LIKE ${table} INCLUDING ALL) WITH (fillfactor = ${fillFactors[table]});
          FOR index_name IN
            SELECT indexrelid::regclass::text FROM pg_index
            WHERE indrelid = '${name}'::regclass AND indpred IS NULL AND ${table === "delivery"}
          LOOP
            EXECUTE 'ALTER INDEX ' || index_name || ' SET (${deliveryIndexOptions})';
          END LOOP;
          ALTER TABLE ${table} ATTACH PARTITION ${name}
            FOR VALUES FROM ('${uuidV7Floor(from)}') TO ('${uuidV7Floor(until)}');
        END IF;
      END $$`);
  }
}

/** The days that have partitions, oldest first, by table. */
export async function listPartitions(sql: Sql): Promise<{ table: string; name: string; day: Date }[]> {
  const rows = await sql<{ table: string; name: string }>(partitionNames, [partitioned]);
  return rows.map(({ table, name }) => {
    const [, year, month, day] = /_(\d{4})(\d{2})(\d{2})$/.exec(name) ?? [];
    return { table, name, day: new Date(`${year}-${month}-${day}T00:00:00Z`) };
  });
}

const partitionNames = `
  SELECT parent.relname AS "table", child.relname AS name
  FROM pg_inherits
  JOIN pg_class parent ON parent.oid = inhparent
  JOIN pg_class child ON child.oid = inhrelid
  WHERE parent.relname = ANY($1::text[]) AND parent.relnamespace = 'public'::regnamespace
    AND parent.relkind = 'p'
  ORDER BY child.relname`;

/**
 * Drops a day. `"open"`: it stays, because deliveries made on it are still open, and are somebody's, however old.
 * `"elsewhere"`: another process has dropped it, or is about to. Waits at most a second for readers, so that the hot
 * path never queues behind it, and throws then.
 */
export async function dropPartition(sql: Sql, name: string): Promise<"dropped" | "open" | "elsewhere"> {
  if (!/^(event|delivery|attempt)_\d{8}$/.test(name)) throw new Error("Not the name of a partition");
  await sql("SET LOCAL lock_timeout = '1s'");
  // Two that had both looked for open deliveries would each wait for the other's lock on what it read.
  const [turn] = await sql<{ ours: boolean }>(
    `SELECT pg_try_advisory_xact_lock(${advisoryLocks.partitions}, hashtext($1::text)) AS ours`,
    [name],
  );
  if (!turn?.ours) return "elsewhere";
  const [partition] = await sql<{ exists: boolean }>("SELECT to_regclass($1::text) IS NOT NULL AS exists", [
    name,
  ]);
  if (!partition?.exists) return "elsewhere";
  if (name.startsWith("delivery_")) {
    const open = await sql(`SELECT 1 FROM ${name} WHERE state IN ('pending', 'held') LIMIT 1`);
    if (open.length > 0) return "open";
  }
  await sql(`DROP TABLE ${name}`);
  return "dropped";
}
