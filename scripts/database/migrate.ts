import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { withClient } from "../postgres/connection.ts";
import { applyWithPrismaEngine } from "./prisma-engine.ts";

export interface Migration {
  name: string;
  script: string;
}

const defaultFolder = new URL("../../prisma/migrations/", import.meta.url).pathname;

// Any constant of ours; it only has to be the same in every process that migrates.
const lockKey = 7_674_102_019;

/**
 * Brings a database up to date with `prisma/migrations` and returns the names that were applied. Any number of
 * processes may call this at once.
 *
 * Everything happens in one transaction, Prisma's bookkeeping included: a process that is killed, or a migration
 * that fails, leaves the database as it was, and nobody has to repair a half-applied migration by hand. The price: a
 * migration cannot use statements that refuse to run in a transaction, such as CREATE INDEX CONCURRENTLY.
 *
 * Throws where a newer version has migrated: this one would run on tables that it does not know.
 */
export async function migrate(databaseUrl: string, folder: string = defaultFolder): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1, idleTimeoutMillis: 0 });
  pool.on("error", () => undefined); // the statement that meets the broken connection reports it
  try {
    const before = await finishedMigrations(pool);
    refuseNewer(before, migrations);
    if (isUpToDate(before, migrations)) return [];
    // One connection, so every statement of the pool stands between this BEGIN and the COMMIT.
    await pool.query("BEGIN");
    await pool.query("SELECT pg_advisory_xact_lock($1)", [lockKey]);
    const applied = await applyWithPrismaEngine(pool, folder, migrations);
    await pool.query("COMMIT");
    return applied;
  } finally {
    await pool.end(); // without COMMIT this rolls back
  }
}

/** Whether the database has every migration of `folder`, as it stands there. */
export async function isMigrated(databaseUrl: string, folder: string): Promise<boolean> {
  const migrations = await readMigrations(folder);
  return withClient(databaseUrl, async (client) => isUpToDate(await finishedMigrations(client), migrations));
}

/** The folders that hold a migration.sql, in the order of their names, which is the order of time. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => ({
      name,
      script: await readFile(join(folder, name, "migration.sql"), "utf8"),
    })),
  );
}

/** The checksum of each, by its name. One query instead of the engine's five megabytes of WebAssembly. */
async function finishedMigrations(database: Pick<pg.Pool, "query">): Promise<Map<string, string>> {
  const found = await database.query<{ present: boolean }>(
    "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS present",
  );
  if (!found.rows[0]?.present) return new Map();
  const finished = await database.query<{ migration_name: string; checksum: string }>(
    "SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
  );
  return new Map(finished.rows.map((row) => [row.migration_name, row.checksum]));
}

/** The usual case at every start. */
function isUpToDate(finished: ReadonlyMap<string, string>, migrations: readonly Migration[]): boolean {
  return migrations.every(({ name, script }) => finished.get(name) === checksumOf(script));
}

function refuseNewer(finished: ReadonlyMap<string, string>, migrations: readonly Migration[]): void {
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = [...finished.keys()].filter((name) => !known.has(name)).sort();
  if (unknown.length === 0) return;
  throw new Error(
    `The database was migrated by a newer version of Posthorn (${unknown.join(", ")}): start that one, or bring back ` +
      "the backup from before the upgrade.",
  );
}

function checksumOf(script: string): string {
  return createHash("sha256").update(script).digest("hex");
}
