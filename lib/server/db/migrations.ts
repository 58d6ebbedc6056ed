import "server-only";
import type { Sql } from "./sql";

/** Names of the migrations that were applied completely; throws when the database does not answer. */
export async function appliedMigrations(sql: Sql): Promise<string[]> {
  const present = await sql<{ present: boolean }>(
    "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS present",
  );
  if (!present[0]?.present) return [];
  const rows = await sql<{ name: string }>(
    `SELECT migration_name AS name FROM _prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  );
  return rows.map((row) => row.name);
}
