import "server-only";
import type { Sql } from "./sql";

/** Endpoints of the whole instance by state and status. */
export async function countEndpoints(sql: Sql): Promise<{ state: string; status: string; count: number }[]> {
  return sql(
    `SELECT state::text AS state, status::text AS status, count(*)::float8 AS count
     FROM endpoint WHERE deleted_at IS NULL GROUP BY 1, 2 ORDER BY 1, 2`,
  );
}

/**
 * Notices of the whole instance by state, of those still kept. Mails to people about their own account are left out: they
 * are sent only where there is an account, and whoever may read a metric could ask for one and look.
 */
export async function countMails(sql: Sql): Promise<{ state: string; count: number }[]> {
  return sql(
    `SELECT state, count(*)::float8 AS count FROM mail_outbox WHERE organization_id IS NOT NULL
     GROUP BY 1 ORDER BY 1`,
  );
}

/** Workers that run now, oldest first. */
export async function listWorkers(sql: Sql): Promise<{ id: number; startedAt: Date }[]> {
  return sql(`SELECT id, started_at AS "startedAt" FROM worker ORDER BY id`);
}
