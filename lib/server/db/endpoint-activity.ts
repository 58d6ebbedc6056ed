import "server-only";
import type { Sql } from "./sql";

export interface ActivityRow {
  endpointId: string;
  hour: Date;
  ok: number;
  failed: number;
}

/**
 * Attempts per endpoint and hour from `since` on; hours without any have no row. `organizationId` null: of whichever
 * organization, for operators; the caller has checked.
 */
export async function listActivity(
  sql: Sql,
  organizationId: string | null,
  endpointIds: readonly string[],
  since: Date,
): Promise<ActivityRow[]> {
  return sql<ActivityRow>(
    `SELECT endpoint_id AS "endpointId", hour,
       coalesce(sum(attempts) FILTER (WHERE succeeded), 0)::float8 AS ok,
       coalesce(sum(attempts) FILTER (WHERE NOT succeeded), 0)::float8 AS failed
     FROM delivery_count
     WHERE ($1::uuid IS NULL OR organization_id = $1::uuid) AND endpoint_id = ANY ($2::uuid[])
       AND hour >= $3::timestamptz
     GROUP BY endpoint_id, hour`,
    [organizationId, endpointIds, since],
  );
}

export interface LastFailureRow {
  endpointId: string;
  attemptId: string;
  at: Date;
  message: string;
}

/** The newest failed attempt of each endpoint, tests left out, among those with an id from `sinceId` on. */
export async function listLastFailures(
  sql: Sql,
  organizationId: string,
  endpointIds: readonly string[],
  sinceId: string,
): Promise<LastFailureRow[]> {
  return sql<LastFailureRow>(
    `SELECT wanted.id AS "endpointId", failure.*
     FROM unnest($2::uuid[]) AS wanted (id) CROSS JOIN LATERAL (
       SELECT id AS "attemptId", delivery_timestamp AS at, coalesce(error_message, 'The attempt failed') AS message
       FROM attempt
       WHERE endpoint_id = wanted.id AND organization_id = $1::uuid AND NOT succeeded AND purpose <> 'test'
         AND id >= $3::uuid
       ORDER BY id DESC LIMIT 1
     ) failure`,
    [organizationId, endpointIds, sinceId],
  );
}
