import "server-only";
import { timeOfUuidV7, uuidV7Floor } from "@/lib/domain/ids";
import type { Purpose } from "@/lib/domain/endpoint-health";
import type { ErrorCode, Fault, Outcome } from "@/lib/domain/error-codes";
import type { StatusRange } from "@/lib/schemas/attempt";
import type { Sql } from "./sql";

/** An attempt without what was sent and answered. */
export interface AttemptSummaryRow {
  id: string;
  deliveryId: string;
  eventId: string;
  eventType: string;
  endpointId: string;
  purpose: Purpose;
  deliveryAttempt: number;
  deliveryTimestamp: Date;
  succeeded: boolean;
  statusCode: number;
  errorCode: ErrorCode | null;
  errorMessage: string | null;
  fault: Fault | null;
  durationMs: number;
  nextAttemptAt: Date | null;
  url: string;
}

export interface AttemptRow extends AttemptSummaryRow {
  eventTimestamp: Date;
  /** dns, connect, tls, first byte, body */
  timings: (number | null)[];
  method: string;
  /** Of lib/server/delivery/logged-headers.ts. */
  requestHeaders: string;
  /** Flat JSON array. */
  responseHeaders: string | null;
  responseBody: Buffer | null;
  bodyTruncated: boolean;
  /** The event's data as it was published; null when the event is gone. */
  dataText: string | null;
}

const summaryColumns = `
  a.id, a.delivery_id AS "deliveryId", a.event_id AS "eventId", a.event_type AS "eventType",
  a.endpoint_id AS "endpointId", a.purpose::text AS purpose, a.delivery_attempt AS "deliveryAttempt",
  a.delivery_timestamp AS "deliveryTimestamp", a.succeeded, a.status_code::integer AS "statusCode",
  a.error_code AS "errorCode", a.error_message AS "errorMessage", a.fault, a.duration_ms AS "durationMs",
  a.next_attempt_at AS "nextAttemptAt", a.url`;

const fullColumns = `${summaryColumns},
  a.event_timestamp AS "eventTimestamp", a.timings, a.method, a.request_headers AS "requestHeaders",
  a.response_headers AS "responseHeaders", a.response_body AS "responseBody", a.body_truncated AS "bodyTruncated"`;

/** Which attempts, and by when they were made: ids are UUIDv7, so a range of ids is a range of time. */
export interface AttemptSelection {
  /** Empty: any. */
  endpointIds: readonly string[];
  outcome: Outcome | null;
  /** Empty: any. */
  eventTypes: readonly string[];
  /** Empty: any. */
  statuses: readonly StatusRange[];
  since: Date | null;
  until: Date | null;
  /** First id that is meant. */
  fromId: string;
  /** First id that is no longer meant; null: no end. */
  untilId: string | null;
}

interface Conditions {
  text: string;
  values: unknown[];
}

/**
 * The conditions that a selection needs and no others, so that each has the plan of its own index: (organization, id),
 * (endpoint, id) or the partial one over failures.
 */
function conditionsOf(organizationId: string, selection: AttemptSelection): Conditions {
  const values: unknown[] = [organizationId, selection.fromId];
  const parts = ["a.organization_id = $1::uuid", "a.id >= $2::uuid"];
  const add = (condition: (parameter: string) => string, value: unknown) => {
    values.push(value);
    parts.push(condition(`$${values.length}`));
  };
  if (selection.untilId) add((p) => `a.id < ${p}::uuid`, selection.untilId);
  const [endpointId, ...otherEndpoints] = selection.endpointIds;
  // One by equality: only then does the index give the rows in order.
  if (endpointId && otherEndpoints.length === 0) add((p) => `a.endpoint_id = ${p}::uuid`, endpointId);
  else if (endpointId) add((p) => `a.endpoint_id = ANY (${p}::uuid[])`, selection.endpointIds);
  if (selection.eventTypes.length > 0) add((p) => `a.event_type = ANY (${p}::text[])`, selection.eventTypes);
  if (selection.since) add((p) => `a.delivery_timestamp >= ${p}::timestamptz`, selection.since);
  if (selection.until) add((p) => `a.delivery_timestamp < ${p}::timestamptz`, selection.until);
  if (selection.statuses.length > 0) {
    // Numbers in the text, because the planner estimates them and would sort instead of walking an index otherwise.
    const any = selection.statuses.map(
      ({ from, to }) => `a.status_code BETWEEN ${Number(from)} AND ${Number(to)}`,
    );
    parts.push(`(${any.join(" OR ")})`);
  }
  if (selection.outcome === "succeeded") parts.push("a.succeeded");
  // No status but 2xx succeeds: said so, looking for a status reads failures only.
  if (selection.outcome === "failed" || areFailures(selection.statuses)) parts.push("NOT a.succeeded");
  return { text: parts.join(" AND "), values };
}

function areFailures(statuses: readonly StatusRange[]): boolean {
  return statuses.length > 0 && statuses.every(({ from, to }) => to < 200 || from > 299);
}

/** Newest first, without bodies: for lists that are asked for every other second. */
export async function listAttemptSummaryRows(
  sql: Sql,
  organizationId: string,
  selection: AttemptSelection,
  limit: number,
): Promise<AttemptSummaryRow[]> {
  const { text, values } = conditionsOf(organizationId, selection);
  return sql<AttemptSummaryRow>(
    `SELECT ${summaryColumns} FROM attempt a WHERE ${text} ORDER BY a.id DESC LIMIT $${values.length + 1}::integer`,
    [...values, limit],
  );
}

/** Newest first, whole: at least one, and no more after `bytesMax` bytes of event data, each up to a megabyte. */
export async function listAttemptRows(
  sql: Sql,
  organizationId: string,
  selection: AttemptSelection,
  limit: number,
  bytesMax: number,
): Promise<AttemptRow[]> {
  const { text, values } = conditionsOf(organizationId, selection);
  const [limitAt, bytesAt] = [values.length + 1, values.length + 2];
  return sql<AttemptRow>(
    `SELECT ${fullColumns}, a.data AS "dataText" FROM (
       SELECT page.*, event.data,
         coalesce(sum(octet_length(event.data)) OVER (
           ORDER BY page.id DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS bytes_before
       FROM (SELECT a.* FROM attempt a WHERE ${text} ORDER BY a.id DESC LIMIT $${limitAt}::integer) page
       LEFT JOIN event ON event.id = page.event_id AND event.organization_id = $1::uuid
     ) a WHERE a.bytes_before < $${bytesAt}::bigint ORDER BY a.id DESC`,
    [...values, limit, bytesMax],
  );
}

/** One attempt, if its id is `oldestId` or later. */
export async function findAttemptRow(
  sql: Sql,
  organizationId: string,
  id: string,
  oldestId: string,
): Promise<AttemptRow | null> {
  const rows = await sql<AttemptRow>(
    `SELECT ${fullColumns}, event.data AS "dataText" FROM attempt a
     LEFT JOIN event ON event.id = a.event_id AND event.organization_id = a.organization_id
     WHERE a.organization_id = $1::uuid AND a.id = $2::uuid AND a.id >= $3::uuid`,
    [organizationId, id, oldestId],
  );
  return rows[0] ?? null;
}

/** Another machine's clock may lag behind the one that made the delivery. */
const clockLagMs = 3_600_000;

/** The attempts of a delivery, oldest first; read only from the days since it was made. */
export async function listAttemptsOfDelivery(
  sql: Sql,
  organizationId: string,
  deliveryId: string,
): Promise<AttemptSummaryRow[]> {
  const oldestId = uuidV7Floor(new Date(timeOfUuidV7(deliveryId).getTime() - clockLagMs));
  return sql<AttemptSummaryRow>(
    `SELECT ${summaryColumns} FROM attempt a
     WHERE a.delivery_id = $2::uuid AND a.organization_id = $1::uuid AND a.id >= $3::uuid
     ORDER BY a.delivery_attempt, a.id`,
    [organizationId, deliveryId, oldestId],
  );
}
