import "server-only";
import { lanes } from "@/lib/domain/delivery-settlement";
import type { ReplayIn } from "@/lib/schemas/replay";
import { noLease, unleased } from "./leases";
import type { Sql } from "./sql";

export interface ReplayTarget {
  id: string;
  /** `ep_...`: an operational event about the endpoint itself is never sent to it. */
  publicId: string;
  organizationId: string;
  eventTypes: readonly string[];
}

export interface ReplaySelection {
  scope: ReplayIn["scope"];
  /** Smallest and, exclusively, largest event id. */
  sinceId: string;
  untilId: string;
  /** Patterns; null: all that the endpoint subscribes to. */
  eventTypes: readonly string[] | null;
}

export interface ReplayCandidate {
  eventId: string;
  eventType: string;
  /** Null when it was not asked for. */
  dataText: string | null;
}

/**
 * The events that a replay would send again, oldest first, up to `limit` after `afterId`. An event is missed by an
 * endpoint that subscribes to it when it has no delivery there, or only discarded and canceled ones; failed when a
 * delivery is exhausted and none succeeded. One that is still on its way there is never a candidate. Data is read only
 * where a filter has to judge it. `among`: only those of these ids.
 */
export async function listReplayCandidates(
  sql: Sql,
  target: ReplayTarget,
  selection: ReplaySelection,
  page: { afterId: string | null; limit: number; withData: boolean; among: readonly string[] | null },
): Promise<ReplayCandidate[]> {
  return sql<ReplayCandidate>(
    `SELECT event.id AS "eventId", event.event_type AS "eventType",
       CASE WHEN $10::boolean THEN event.data END AS "dataText"
     FROM event
     WHERE ${candidateCondition(selection.scope)}
       AND event.id > coalesce($8::uuid, '00000000-0000-0000-0000-000000000000')
       AND ($11::uuid[] IS NULL OR event.id = ANY($11::uuid[]))
     ORDER BY event.id LIMIT $9::integer`,
    [...candidateValues(target, selection), page.afterId, page.limit, page.withData, page.among],
  );
}

/** How many candidates there are of each type; for endpoints without a filter. */
export async function countReplayCandidates(
  sql: Sql,
  target: ReplayTarget,
  selection: ReplaySelection,
): Promise<{ eventType: string; count: number }[]> {
  return sql(
    `SELECT event.event_type AS "eventType", count(*)::integer AS count FROM event
     WHERE ${candidateCondition(selection.scope)}
     GROUP BY event.event_type ORDER BY count DESC, event.event_type`,
    candidateValues(target, selection),
  );
}

function candidateValues(target: ReplayTarget, selection: ReplaySelection): unknown[] {
  const { organizationId, id, eventTypes, publicId } = target;
  return [
    organizationId,
    id,
    selection.sinceId,
    selection.untilId,
    eventTypes,
    selection.eventTypes,
    publicId,
  ];
}

function candidateCondition(scope: ReplaySelection["scope"]): string {
  return `event.organization_id = $1::uuid AND event.id >= $3::uuid AND event.id < $4::uuid
    AND event.event_type NOT LIKE 'developer.%'
    AND ${matches("$5")}
    AND ($6::text[] IS NULL OR ${matches("$6")})
    AND NOT (event.event_type LIKE 'webhook.%' AND event.data::json ->> 'endpointId' = $7)
    AND ${scopeConditions[scope]}`;
}

/** The patterns of lib/domain/event-matching.ts, in SQL. */
function matches(parameter: string): string {
  return `EXISTS (
    SELECT 1 FROM unnest(${parameter}::text[]) AS pattern
    WHERE pattern = '*' OR pattern = event.event_type
      OR (right(pattern, 2) = '.*' AND starts_with(event.event_type, left(pattern, -1)))
  )`;
}

const sent = (states: string) => `EXISTS (
  SELECT 1 FROM delivery
  WHERE delivery.event_id = event.id AND delivery.endpoint_id = $2::uuid
    AND delivery.purpose IN ('event', 'replay') AND delivery.state IN (${states}))`;

const onItsWay = sent("'pending', 'held'");

const scopeConditions: Record<ReplayIn["scope"], string> = {
  missed: `NOT ${sent("'pending', 'held', 'succeeded', 'exhausted'")}`,
  failed: `${sent("'exhausted'")} AND NOT ${sent("'succeeded'")} AND NOT ${onItsWay}`,
  all: `NOT ${onItsWay}`,
};

/** Replays of one endpoint are chosen one after the other: what one has made, the next one sees. */
export async function lockReplays(sql: Sql, endpointId: string): Promise<void> {
  await sql("SELECT pg_advisory_xact_lock(hashtextextended($1::text, 1))::text", [`replay:${endpointId}`]);
}

export interface ReplayDelivery {
  id: string;
  eventId: string;
  eventType: string;
  dueAt: Date;
}

export async function insertReplayDeliveries(
  sql: Sql,
  replay: { id: string; organizationId: string; endpointId: string; requestedBy: string; lane: number },
  deliveries: readonly ReplayDelivery[],
): Promise<void> {
  await sql(
    `INSERT INTO delivery (
       id, organization_id, endpoint_id, event_id, event_type, purpose, state, lane, due_at, requested_by, replay_id)
     SELECT r.id, $2::uuid, $3::uuid, r."eventId", r."eventType", 'replay', 'pending', $4::smallint, r."dueAt", $5,
       $6::uuid
     FROM json_to_recordset($1::json) AS r (id uuid, "eventId" uuid, "eventType" text, "dueAt" timestamptz)`,
    [
      JSON.stringify(deliveries),
      replay.organizationId,
      replay.endpointId,
      replay.lane,
      replay.requestedBy,
      replay.id,
    ],
  );
}

/**
 * The endpoint's replays that were started at `since` or later, or still have something to send, newest first: a slow one
 * may outlast the retention.
 */
export async function listReplayIds(
  sql: Sql,
  { organizationId, endpointId }: { organizationId: string; endpointId: string },
  { since, limit }: { since: Date; limit: number },
): Promise<string[]> {
  const rows = await sql<{ id: string }>(
    `SELECT id FROM replay
     WHERE organization_id = $1::uuid AND endpoint_id = $2::uuid
       AND (started_at >= $3::timestamptz OR ${hasOpenDeliveries})
     ORDER BY id DESC LIMIT $4::integer`,
    [organizationId, endpointId, since, limit],
  );
  return rows.map(({ id }) => id);
}

const hasOpenDeliveries =
  "EXISTS (SELECT 1 FROM delivery WHERE replay_id = replay.id AND delivery.state IN ('pending', 'held'))";

export interface ReplayCounts {
  queued: number;
  succeeded: number;
  failed: number;
  canceled: number;
  lastFinishedAt: Date | null;
}

/** Read from the deliveries themselves: nothing is kept in step with them. */
export async function countReplay(sql: Sql, replayId: string): Promise<ReplayCounts> {
  const rows = await sql<ReplayCounts>(
    `SELECT count(*) FILTER (WHERE state IN ('pending', 'held'))::integer AS queued,
       count(*) FILTER (WHERE state = 'succeeded')::integer AS succeeded,
       count(*) FILTER (WHERE state IN ('exhausted', 'discarded'))::integer AS failed,
       count(*) FILTER (WHERE state = 'canceled')::integer AS canceled,
       max(finished_at) AS "lastFinishedAt"
     FROM delivery WHERE replay_id = $1::uuid`,
    [replayId],
  );
  return rows[0] ?? { queued: 0, succeeded: 0, failed: 0, canceled: 0, lastFinishedAt: null };
}

/**
 * Marks a replay as canceled; false when it was before, is over, or is not the organization's: one that has ended stays
 * as it ended. By the database's clock: workers look for what it still has open for a while after that.
 */
export async function markCanceled(sql: Sql, organizationId: string, replayId: string): Promise<boolean> {
  const rows = await sql(
    `UPDATE replay SET canceled_at = statement_timestamp()
     WHERE id = $2::uuid AND organization_id = $1::uuid AND canceled_at IS NULL
       AND ${hasOpenDeliveries}
     RETURNING 1`,
    [organizationId, replayId],
  );
  return rows.length > 0;
}

/**
 * Ends the replay's deliveries that nobody is just sending. What is in flight ends by its own outcome, and
 * `cancelRest` ends it afterwards should it want another try.
 */
export async function cancelReplayDeliveries(sql: Sql, replayId: string, now: Date): Promise<void> {
  await sql(
    `UPDATE delivery SET state = 'canceled', finished_at = $2::timestamptz, ${noLease}
     WHERE replay_id = $1::uuid AND state IN ('pending', 'held') AND ${unleased}`,
    [replayId, now],
  );
}

/**
 * Ends what the replays that were canceled in the last `sinceMs` still have open. What has left their lane is not theirs
 * any more: somebody retried it by hand. Returns how many deliveries that were.
 */
export async function cancelRest(sql: Sql, sinceMs: number, now: Date): Promise<number> {
  const rows = await sql(
    `UPDATE delivery SET state = 'canceled', finished_at = $2::timestamptz, ${noLease}
     FROM replay
     WHERE replay.canceled_at >= statement_timestamp() - $1::float8 * interval '1 millisecond'
       AND delivery.replay_id = replay.id
       AND delivery.state IN ('pending', 'held') AND delivery.lane = ${lanes.replay} AND ${unleased}
     RETURNING 1`,
    [sinceMs, now],
  );
  return rows.length;
}
