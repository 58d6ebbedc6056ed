import "server-only";
import { prepared, type Sql } from "./sql";

/** Starts that a process would like to make of a rate-limited endpoint. */
export interface StartRequest {
  endpointId: string;
  count: number;
  ratePerSecond: number;
}

/** `count` starts, the first in `inMs` and the others at the endpoint's rate after it; or none before `inMs`. */
export interface StartGrant {
  endpointId: string;
  count: number;
  inMs: number;
}

/** Starts are given away this far ahead: what a process is given and does not use is lost to the others. */
const horizonMs = 250;

// Processes share the database's clock here, whatever their own shows. No start is given away beyond the horizon, so a
// next one that is more than a step behind it is left from another rate or another clock, and is forgotten.
const reserveStatement = prepared(`
  WITH asked AS (
    SELECT * FROM unnest($1::uuid[], $2::integer[], $3::float8[]) AS asked (endpoint_id, wanted, rate)
  ),
  locked AS MATERIALIZED (
    SELECT endpoint_id, wanted, rate, next_at FROM endpoint_start JOIN asked USING (endpoint_id)
    ORDER BY endpoint_id FOR UPDATE OF endpoint_start
  ),
  free AS (
    SELECT endpoint_id, wanted, rate, asked_at, horizon_at,
      CASE WHEN next_at > horizon_at + interval '1 second' / rate THEN asked_at
        ELSE greatest(next_at, asked_at) END AS first_at
    FROM locked CROSS JOIN LATERAL (SELECT clock_timestamp() AS asked_at) clock
    CROSS JOIN LATERAL (SELECT asked_at + interval '${horizonMs} milliseconds' AS horizon_at) horizon
  ),
  given AS (
    SELECT endpoint_id, rate, asked_at, first_at, CASE WHEN first_at > horizon_at THEN 0
      ELSE least(wanted, 1 + floor(extract(epoch FROM horizon_at - first_at) * rate))::integer END AS count
    FROM free
  )
  UPDATE endpoint_start SET next_at = first_at + count * interval '1 second' / rate
  FROM given WHERE endpoint_start.endpoint_id = given.endpoint_id
  RETURNING given.endpoint_id AS "endpointId", count,
    extract(epoch FROM first_at - asked_at)::float8 * 1000 AS "inMs"`);

const addStatement = prepared(`
  INSERT INTO endpoint_start (endpoint_id, next_at)
  SELECT id, clock_timestamp() FROM endpoint WHERE id = ANY ($1::uuid[]) ORDER BY id
  ON CONFLICT DO NOTHING`);

/** Reserves starts of rate-limited endpoints against all other processes. An endpoint that is gone is given none. */
export async function reserveStarts(sql: Sql, requests: readonly StartRequest[]): Promise<StartGrant[]> {
  const grants = await sql<StartGrant>(reserveStatement, valuesOf(requests));
  if (grants.length === requests.length) return grants;
  // The first time for some of them.
  const known = new Set(grants.map(({ endpointId }) => endpointId));
  const rest = requests.filter(({ endpointId }) => !known.has(endpointId));
  await sql(addStatement, [rest.map(({ endpointId }) => endpointId)]);
  return [...grants, ...(await sql<StartGrant>(reserveStatement, valuesOf(rest)))];
}

function valuesOf(requests: readonly StartRequest[]): unknown[] {
  return [
    requests.map(({ endpointId }) => endpointId),
    requests.map(({ count }) => count),
    requests.map(({ ratePerSecond }) => ratePerSecond),
  ];
}
