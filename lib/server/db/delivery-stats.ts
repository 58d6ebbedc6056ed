import "server-only";
import type { Sql } from "./sql";

export interface StatRow {
  /** The beginning of the time that was counted together. */
  start: Date;
  succeeded: boolean;
  /** Of lib/domain/duration-histogram.ts. */
  bucket: number;
  attempts: number;
}

export interface StatRange {
  endpointId: string | null;
  since: Date;
  until: Date;
  /** Whole hours, counted from midnight UTC. */
  stepMs: number;
}

/** Hourly counts of the organization or one of its endpoints, added up by steps; steps without attempts have no row. */
export async function sumStatistics(
  sql: Sql,
  organizationId: string,
  { endpointId, since, until, stepMs }: StatRange,
): Promise<StatRow[]> {
  return sql<StatRow>(
    `SELECT date_bin($5::float8 * interval '1 millisecond', hour, timestamptz '2000-01-01 00:00:00+00') AS start,
       succeeded, bucket::integer AS bucket, sum(attempts)::float8 AS attempts
     FROM delivery_count
     WHERE organization_id = $1::uuid AND hour >= $2::timestamptz AND hour < $3::timestamptz
       AND ($4::uuid IS NULL OR endpoint_id = $4::uuid)
     GROUP BY 1, 2, 3 ORDER BY 1`,
    [organizationId, since, until, endpointId, stepMs],
  );
}
