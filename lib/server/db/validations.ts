import "server-only";
import { unleased } from "./leases";
import type { Sql } from "./sql";

export interface ValidationAttemptRow {
  attemptId: string;
  at: Date;
  succeeded: boolean;
  statusCode: number;
  durationMs: number;
  message: string | null;
}

/** The newest tries of a validation, among those with an id from `sinceId` on. */
export async function listValidationAttempts(
  sql: Sql,
  organizationId: string,
  endpointId: string,
  { sinceId, limit }: { sinceId: string; limit: number },
): Promise<ValidationAttemptRow[]> {
  return sql<ValidationAttemptRow>(
    `SELECT id AS "attemptId", delivery_timestamp AS at, succeeded, status_code::integer AS "statusCode",
       duration_ms::float8 AS "durationMs", error_message AS message
     FROM attempt
     WHERE endpoint_id = $1::uuid AND organization_id = $2::uuid AND purpose = 'validation' AND id >= $3::uuid
     ORDER BY id DESC LIMIT $4::integer`,
    [endpointId, organizationId, sinceId, limit],
  );
}

export interface OpenValidation {
  dueAt: Date;
  /** A worker holds it: the request is on its way. */
  isLeased: boolean;
}

export async function findOpenValidation(
  sql: Sql,
  organizationId: string,
  endpointId: string,
): Promise<OpenValidation | null> {
  const rows = await sql<OpenValidation>(
    `SELECT due_at AS "dueAt", NOT ${unleased} AS "isLeased" FROM delivery
     WHERE endpoint_id = $1::uuid AND organization_id = $2::uuid AND state = 'pending' AND purpose = 'validation'
     ORDER BY due_at LIMIT 1`,
    [endpointId, organizationId],
  );
  return rows[0] ?? null;
}

/** Deliveries that wait until the endpoint has proved itself. */
export async function countHeld(sql: Sql, organizationId: string, endpointId: string): Promise<number> {
  const rows = await sql<{ count: number }>(
    `SELECT count(*)::float8 AS count FROM delivery
     WHERE endpoint_id = $1::uuid AND organization_id = $2::uuid AND state = 'held'`,
    [endpointId, organizationId],
  );
  return rows[0]?.count ?? 0;
}
