import "server-only";
import type { Purpose } from "@/lib/domain/endpoint-health";
import type { EndpointState } from "@/lib/domain/endpoint-lifecycle";
import { unleased } from "./leases";
import { prepared, type Sql } from "./sql";

/** A claimed delivery with all that its next attempt needs but the endpoint's configuration. */
export interface ClaimedDelivery {
  id: string;
  organizationId: string;
  endpointId: string;
  eventId: string;
  eventType: string;
  purpose: Purpose;
  lane: number;
  /** Zero-based number of the attempt to make. */
  deliveryAttempt: number;
  scheduleBase: number;
  eventTimestamp: Date;
  /** The event's data as it was published; null when it is large (`loadEventData`), or the event is gone. */
  dataText: string | null;
  /** Bytes of the data; null when the event is gone, and with it the delivery's sense. */
  dataBytes: number | null;
  /** W3C trace context of the request that published the event; only for the log. */
  traceparent: string | null;
  endpointState: EndpointState;
  endpointVersion: number;
}

export interface Claim {
  /** What is due. */
  now: Date;
  /** By when a lease has run out: the database's time, for all workers the same. `now` when not given. */
  leaseNow?: Date;
  leaseId: string;
  leaseUntil: Date;
  workerId: number | null;
  limit: number;
  /** How many of one endpoint's deliveries are taken unless `rooms` says otherwise. */
  roomDefault: number;
  /** Endpoints that may take more or fewer than the default in this claim; 0 or less leaves an endpoint out. */
  rooms: ReadonlyMap<string, number>;
}

/** Due rows read per lane for each that is wanted: what a claim costs is bounded, whoever's backlog comes first. */
const scanFactor = 1.25;
const scanMin = 400;

/**
 * Leases due deliveries, committed on return: the oldest first, live before retries before replays by weights, so that
 * none starves; no more of one endpoint than it has room for; rows that another worker is just claiming are passed
 * over. Reads a bounded number of rows: behind the backlog of an endpoint without room it finds less than there is, and
 * `claimFromEndpoints` finds the rest.
 */
export async function claimDeliveries(sql: Sql, claim: Claim): Promise<ClaimedDelivery[]> {
  const scanCount = Math.max(scanMin, Math.ceil(scanFactor * claim.limit));
  const rows = await sql<ClaimedRow>(claimOldestStatement, [
    ...leaseValues(claim),
    claim.limit,
    claim.roomDefault,
    [...claim.rooms.keys()],
    [...claim.rooms.values()],
    scanCount,
    claim.leaseNow ?? claim.now,
  ]);
  return toClaimed(rows);
}

/** Endpoints with pending deliveries, due or not, in the order of their ids after `after`. */
export async function listPendingEndpoints(sql: Sql, after: string, limit: number): Promise<string[]> {
  const rows = await sql<{ endpointId: string }>(pendingEndpointsStatement, [after, limit]);
  return rows.map((row) => row.endpointId);
}

/**
 * Leases due deliveries of these endpoints, the oldest of each, as many as each has room for. A probe per endpoint
 * instead of a walk through the queue: what to do when the queue begins with what cannot be sent now.
 */
export async function claimFromEndpoints(
  sql: Sql,
  claim: Omit<Claim, "roomDefault">,
): Promise<ClaimedDelivery[]> {
  const rows = await sql<ClaimedRow>(claimFromEndpointsStatement, [
    ...leaseValues(claim),
    claim.limit,
    [...claim.rooms.keys()],
    [...claim.rooms.values()],
    claim.leaseNow ?? claim.now,
  ]);
  return toClaimed(rows);
}

/** As it comes: milliseconds are read faster than dates, and what is an event's own comes with one row of the event. */
interface ClaimedRow extends Omit<ClaimedDelivery, "eventTimestamp"> {
  /** Unix milliseconds. */
  eventMs: number | null;
}

/** An event to many endpoints is one text in memory, however many of its deliveries are claimed together. */
function toClaimed(rows: readonly ClaimedRow[]): ClaimedDelivery[] {
  const events = new Map<string, ReturnType<typeof eventOf>>();
  for (const row of rows) if (row.dataBytes !== null) events.set(row.eventId, eventOf(row));
  return rows.map((row) => {
    const event = events.get(row.eventId) ?? goneEvent;
    return {
      id: row.id,
      organizationId: row.organizationId,
      endpointId: row.endpointId,
      eventId: row.eventId,
      eventType: row.eventType,
      purpose: row.purpose,
      lane: row.lane,
      deliveryAttempt: row.deliveryAttempt,
      scheduleBase: row.scheduleBase,
      eventTimestamp: event.eventTimestamp,
      dataText: event.dataText,
      dataBytes: event.dataBytes,
      traceparent: event.traceparent,
      endpointState: row.endpointState,
      endpointVersion: row.endpointVersion,
    };
  });
}

function eventOf({ eventMs, dataText, dataBytes, traceparent }: ClaimedRow) {
  return { eventTimestamp: new Date(eventMs ?? 0), dataText, dataBytes, traceparent };
}

const goneEvent = { eventTimestamp: new Date(0), dataText: null, dataBytes: null, traceparent: null };

function leaseValues({ now, leaseId, leaseUntil, workerId }: Omit<Claim, "roomDefault">): unknown[] {
  return [now, leaseId, leaseUntil, workerId];
}

/** What is claimed ahead waits in memory: hundreds of events of a mebibyte each are not held there. */
const dataBytesMax = 65_536;

const claimedColumns = `
  d.id, d.organization_id AS "organizationId", d.endpoint_id AS "endpointId", d.event_id AS "eventId",
  d.event_type AS "eventType", d.purpose::text AS purpose, d.lane::integer AS lane,
  d.delivery_attempt AS "deliveryAttempt", d.schedule_base AS "scheduleBase",
  CASE WHEN endpoint.deleted_at IS NULL THEN endpoint.state::text ELSE 'disabled' END AS "endpointState",
  endpoint.version AS "endpointVersion", date_part('epoch', event.event_timestamp) * 1000 AS "eventMs",
  event.traceparent, octet_length(event.data) AS "dataBytes"`;

const free = (leaseNow: string) =>
  `state = 'pending' AND due_at <= $1::timestamptz AND (lease_until IS NULL OR lease_until <= ${leaseNow}::timestamptz)`;

/**
 * The rows of `named`, looked up all at once instead of one by one: then the partitions between the first and the last of
 * them are the only ones that are opened.
 */
const among = (named: string) => `
    id BETWEEN (SELECT id FROM ${named} ORDER BY id LIMIT 1) AND (SELECT id FROM ${named} ORDER BY id DESC LIMIT 1)
    AND id = ANY (ARRAY(SELECT id FROM ${named}))`;

/** Leases what `chosen` names, unless somebody else has by now, and returns all that is needed to send it. */
const leaseChosen = (leaseNow: string) => `
  locked AS (
    SELECT id FROM delivery
    WHERE ${among("chosen")} AND state = 'pending'
      AND (lease_until IS NULL OR lease_until <= ${leaseNow}::timestamptz)
    FOR UPDATE SKIP LOCKED
  ),
  leased AS (
    UPDATE delivery SET lease_id = $2::uuid, lease_until = $3::timestamptz, worker_id = $4::integer
    WHERE ${among("locked")}
    RETURNING delivery.id, delivery.organization_id, delivery.endpoint_id, delivery.event_id, delivery.event_type,
      delivery.purpose, delivery.lane, delivery.delivery_attempt, delivery.schedule_base, delivery.due_at
  ),
  carrier AS (SELECT event_id, (array_agg(id))[1] AS delivery_id FROM leased GROUP BY event_id)
  SELECT ${claimedColumns}, CASE WHEN octet_length(event.data) <= ${dataBytesMax} THEN event.data END AS "dataText"
  FROM leased d
  JOIN endpoint ON endpoint.id = d.endpoint_id
  LEFT JOIN (carrier JOIN event ON event.id = carrier.event_id) ON carrier.delivery_id = d.id
  ORDER BY d.lane, d.due_at`;

/** Arbitrary; the same in every process. One key for each of the workers that claim at the same moment. */
const claimLock = 0x706f7363_0000n;
const claimersMax = 4;

/** How many other workers are claiming at this moment: the first lock that is free says so. */
const othersClaiming = `SELECT CASE
  ${Array.from({ length: claimersMax - 1 }, (_, count) => `WHEN pg_try_advisory_xact_lock(${claimLock + BigInt(count)}) THEN ${count}`).join(" ")}
  ELSE ${claimersMax - 1} END`;

// `turn` is a row's place in its lane over the lane's weight: ordered by it, every 8 live deliveries are followed by
// 3 retries and 1 replay while all three wait, and any lane takes everything while the others are empty.
// Who claims beside others leaves them the oldest, as far as there is enough for all: they would all choose the same rows,
// and all but one of them come back with nothing.
const claimOldestStatement = prepared(`
  WITH others (claiming) AS MATERIALIZED (${othersClaiming}),
  lane (number, weight) AS (VALUES (0, 8::float8), (1, 3), (2, 1)),
  room (endpoint_id, room) AS (SELECT * FROM unnest($7::uuid[], $8::integer[])),
  seen AS (
    SELECT due.id, due.endpoint_id, due.place / lane.weight AS turn
    FROM lane CROSS JOIN LATERAL (
      SELECT id, endpoint_id, row_number() OVER (ORDER BY due_at) AS place FROM (
        SELECT id, endpoint_id, due_at FROM delivery
        WHERE lane = lane.number AND ${free("$10")}
        ORDER BY due_at LIMIT (SELECT (1 + claiming) * $9::integer FROM others)
      ) oldest
    ) due
  ),
  fair AS (
    SELECT id, turn, row_number() OVER (PARTITION BY seen.endpoint_id ORDER BY turn) AS place,
      count(*) OVER (PARTITION BY seen.endpoint_id) AS count, coalesce(room.room, $6::integer) AS room
    FROM seen LEFT JOIN room ON room.endpoint_id = seen.endpoint_id
  ),
  eligible AS (
    SELECT id, turn
    FROM (SELECT id, turn, room, place - least(claiming * room, greatest(0, count - room)) AS place FROM fair, others) theirs
    WHERE place BETWEEN 1 AND room
  ),
  chosen AS (
    SELECT id FROM eligible ORDER BY turn LIMIT $5::integer
    OFFSET (SELECT least(claiming * $5::integer, (SELECT greatest(0, count(*) - $5::integer) FROM eligible)) FROM others)
  ),
  ${leaseChosen("$10")}`);

// A loose index scan: one probe per endpoint, however many deliveries each has.
const pendingEndpointsStatement = prepared(`
  WITH RECURSIVE turn AS (
    (SELECT endpoint_id FROM delivery WHERE state = 'pending' AND endpoint_id > $1::uuid
     ORDER BY endpoint_id LIMIT 1)
    UNION ALL
    SELECT (SELECT endpoint_id FROM delivery
            WHERE state = 'pending' AND endpoint_id > turn.endpoint_id ORDER BY endpoint_id LIMIT 1)
    FROM turn WHERE turn.endpoint_id IS NOT NULL
  )
  SELECT endpoint_id AS "endpointId" FROM turn WHERE endpoint_id IS NOT NULL LIMIT $2::integer`);

const claimFromEndpointsStatement = prepared(`
  WITH room (endpoint_id, room) AS (SELECT * FROM unnest($6::uuid[], $7::integer[])),
  chosen AS (
    SELECT due.id FROM room CROSS JOIN LATERAL (
      SELECT id FROM delivery
      WHERE endpoint_id = room.endpoint_id AND ${free("$8")}
      ORDER BY due_at LIMIT room.room
    ) due
    LIMIT $5::integer
  ),
  ${leaseChosen("$8")}`);

/** Leases one delivery whatever its due time, unless a worker holds it: for a test that a person waits for. */
export async function claimDelivery(
  sql: Sql,
  organizationId: string,
  deliveryId: string,
  { leaseId, leaseMs }: { leaseId: string; leaseMs: number },
): Promise<ClaimedDelivery | null> {
  const rows = await sql<ClaimedRow>(
    `WITH d AS (
       UPDATE delivery SET lease_id = $3::uuid, worker_id = NULL,
         lease_until = statement_timestamp() + $4::float8 * interval '1 millisecond'
       WHERE id = $1::uuid AND organization_id = $2::uuid AND state = 'pending' AND ${unleased}
       RETURNING *
     )
     SELECT ${claimedColumns}, event.data AS "dataText"
     FROM d JOIN endpoint ON endpoint.id = d.endpoint_id LEFT JOIN event ON event.id = d.event_id`,
    [deliveryId, organizationId, leaseId, leaseMs],
  );
  return toClaimed(rows)[0] ?? null;
}
