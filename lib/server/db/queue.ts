import "server-only";
import { noLease, unleased } from "./leases";
import type { Sql } from "./sql";

/** Free and due for this long: its endpoint is slow or limited, or nobody delivers. */
const overdueSeconds = 300;
/** No lease is given for longer than a minute: one that ends later was given before the database's clock was set back. */
const leaseSecondsMax = 120;

export interface LaneDepth {
  /** 0 live, 1 retry, 2 replay */
  lane: number;
  /** Not due yet. */
  waiting: number;
  /** Due, and no worker has it. */
  due: number;
  /** Claimed by a worker. */
  leased: number;
  /** Due for more than five minutes, and no worker has it. */
  overdue: number;
  /** The due time of the one that has waited longest for a worker. */
  oldestDueAt: Date | null;
}

/**
 * The pending deliveries of the instance by lane. Reads every pending row: what is not pending any more costs nothing,
 * and what is costs a share of a second per 100,000, so callers pace themselves (lib/server/metrics/paced-reading.ts).
 */
export async function readLanes(sql: Sql, now: Date): Promise<LaneDepth[]> {
  return sql<LaneDepth>(
    `SELECT lane::integer AS lane,
       count(*) FILTER (WHERE due_at > $1::timestamptz)::float8 AS waiting,
       count(*) FILTER (WHERE due_at <= $1::timestamptz AND ${unleased})::float8 AS due,
       count(*) FILTER (WHERE due_at <= $1::timestamptz AND NOT ${unleased})::float8 AS leased,
       count(*) FILTER (WHERE ${overdue})::float8 AS overdue,
       min(due_at) FILTER (WHERE due_at <= $1::timestamptz AND ${unleased}) AS "oldestDueAt"
     FROM delivery WHERE state = 'pending' GROUP BY lane ORDER BY lane`,
    [now],
  );
}

const overdue = `due_at <= $1::timestamptz - interval '${overdueSeconds} seconds' AND ${unleased}`;

export interface OverdueEndpoint {
  endpointId: string;
  organizationId: string;
  organizationName: string;
  url: string;
  count: number;
  oldestDueAt: Date;
}

/** The endpoints that most overdue deliveries go to. */
export async function listOverdueEndpoints(sql: Sql, now: Date, limit: number): Promise<OverdueEndpoint[]> {
  return sql<OverdueEndpoint>(
    `SELECT endpoint.id AS "endpointId", organization.id AS "organizationId",
       organization.name AS "organizationName", endpoint.url, late.count::float8 AS count,
       late.oldest AS "oldestDueAt"
     FROM (
       SELECT endpoint_id, count(*) AS count, min(due_at) AS oldest FROM delivery
       WHERE state = 'pending' AND ${overdue}
       GROUP BY endpoint_id ORDER BY count(*) DESC LIMIT $2::integer
     ) late
     JOIN endpoint ON endpoint.id = late.endpoint_id
     JOIN organization ON organization.id = endpoint.organization_id
     ORDER BY late.count DESC, endpoint.id`,
    [now, limit],
  );
}

/** Deliveries that do not go on by themselves, by what is wrong with them. */
export interface StuckCounts {
  /** Due, and claimed by a worker that is no longer registered or until a time that no lease lasts to. */
  leases: number;
  /** Held, although their endpoint is not being validated. */
  held: number;
  /** Pending or held, although their endpoint does not exist any more. */
  orphans: number;
}

// Only of what is due: nothing else is late yet, and due rows are found by the index however many wait.
const strayLease = `due_at <= $1::timestamptz AND (
  lease_until > statement_timestamp() + interval '${leaseSecondsMax} seconds'
  OR (worker_id IS NOT NULL AND lease_until > statement_timestamp()
    AND NOT EXISTS (SELECT 1 FROM worker WHERE worker.id = delivery.worker_id)))`;

/** Grouped before anything is joined: an endpoint is looked up once, not once for each of its deliveries. */
const openByEndpoint = `
  SELECT endpoint_id, count(*) AS count FROM delivery WHERE state = 'pending' GROUP BY endpoint_id
  UNION ALL
  SELECT endpoint_id, count(*) AS count FROM delivery WHERE state = 'held' GROUP BY endpoint_id`;

export async function countStuck(sql: Sql, now: Date): Promise<StuckCounts> {
  const rows = await sql<StuckCounts>(
    `SELECT
       (SELECT count(*) FROM delivery WHERE state = 'pending' AND ${strayLease})::float8 AS leases,
       (SELECT count(*) FROM delivery JOIN endpoint ON endpoint.id = delivery.endpoint_id
        WHERE delivery.state = 'held' AND endpoint.state <> 'validating')::float8 AS held,
       (SELECT coalesce(sum(open.count), 0) FROM (${openByEndpoint}) open
        WHERE NOT EXISTS (SELECT 1 FROM endpoint WHERE endpoint.id = open.endpoint_id))::float8 AS orphans`,
    [now],
  );
  return rows[0] ?? { leases: 0, held: 0, orphans: 0 };
}

/** How many deliveries are held, and the id of the first. */
export async function readHeld(sql: Sql): Promise<{ count: number; oldestId: string | null }> {
  const rows = await sql<{ count: number; oldestId: string | null }>(
    `SELECT count(*)::float8 AS count, min(id::text) AS "oldestId" FROM delivery WHERE state = 'held'`,
  );
  return rows[0] ?? { count: 0, oldestId: null };
}

/**
 * Returns stray leases to the queue. A worker that lives and still has one finds out when it records: the attempt is
 * kept, the delivery is left to its new owner.
 */
export async function returnStrayLeases(sql: Sql, now: Date): Promise<number> {
  const rows = await sql(
    `UPDATE delivery SET ${noLease}
     WHERE state = 'pending' AND ${strayLease} RETURNING 1`,
    [now],
  );
  return rows.length;
}

/**
 * Ends what has no endpoint to go to. Looked for among what is open, which has indexes of its own: of all deliveries of a
 * week it would be a walk of minutes.
 */
export async function cancelOrphans(sql: Sql, now: Date): Promise<number> {
  const rows = await sql(
    `WITH gone AS MATERIALIZED (
       SELECT DISTINCT open.endpoint_id FROM (${openByEndpoint}) open
       WHERE NOT EXISTS (SELECT 1 FROM endpoint WHERE endpoint.id = open.endpoint_id)
     )
     UPDATE delivery SET state = 'canceled', finished_at = $1::timestamptz, ${noLease}
     FROM gone
     WHERE delivery.endpoint_id = gone.endpoint_id AND (delivery.state = 'pending' OR delivery.state = 'held')
     RETURNING 1`,
    [now],
  );
  return rows.length;
}
