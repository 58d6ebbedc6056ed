import "server-only";
import type { Sql } from "./sql";

export interface NewInboxRequest {
  id: string;
  inboxId: string;
  method: string;
  query: string;
  headers: readonly (readonly [name: string, value: string])[];
  body: Buffer;
  eventType: string | null;
  /** The status of the answer; 0 for one that crawls. */
  answered: number;
  checked: boolean;
  verified: boolean;
  verdict: string;
  receivedAt: Date;
}

/**
 * Adds a request and lets go of those beyond the last `kept`. An inbox that was deleted meanwhile takes nothing.
 */
export async function insertInboxRequest(sql: Sql, request: NewInboxRequest, kept: number): Promise<void> {
  await sql(
    `WITH dropped AS (
       DELETE FROM inbox_request WHERE inbox_id = $2::uuid AND id <= (
         SELECT id FROM inbox_request WHERE inbox_id = $2::uuid ORDER BY id DESC OFFSET $13::integer - 1 LIMIT 1)
     )
     INSERT INTO inbox_request (
       id, inbox_id, method, query, headers, body, event_type, answered, checked, verified, verdict, received_at)
     SELECT $1::uuid, inbox.id, $3, $4, $5::jsonb, decode($6, 'base64'), $7, $8::integer, $9::boolean, $10::boolean,
       $11, $12::timestamptz
     FROM inbox WHERE inbox.id = $2::uuid`,
    [
      request.id,
      request.inboxId,
      request.method,
      request.query,
      JSON.stringify(request.headers),
      request.body.toString("base64"),
      request.eventType,
      request.answered,
      request.checked,
      request.verified,
      request.verdict,
      request.receivedAt,
      kept,
    ],
  );
}

export interface InboxRequestRow {
  id: string;
  method: string;
  query: string;
  eventType: string | null;
  bodyBytes: number;
  answered: number;
  checked: boolean;
  verified: boolean;
  verdict: string;
  receivedAt: Date;
}

const rowColumns = `
  request.id, request.method, request.query, request.event_type AS "eventType",
  octet_length(request.body) AS "bodyBytes", request.answered, request.checked, request.verified, request.verdict,
  request.received_at AS "receivedAt"`;

/** Newest first, without bodies. */
export async function listInboxRequests(
  sql: Sql,
  organizationId: string,
  inboxId: string,
  limit: number,
): Promise<InboxRequestRow[]> {
  return sql<InboxRequestRow>(
    `SELECT ${rowColumns} FROM inbox_request request JOIN inbox ON inbox.id = request.inbox_id
     WHERE inbox.organization_id = $1::uuid AND request.inbox_id = $2::uuid
     ORDER BY request.id DESC LIMIT $3::integer`,
    [organizationId, inboxId, limit],
  );
}

export interface InboxRequestDetail extends InboxRequestRow {
  headers: [name: string, value: string][];
  body: Buffer;
}

export async function findInboxRequest(
  sql: Sql,
  organizationId: string,
  inboxId: string,
  id: string,
): Promise<InboxRequestDetail | null> {
  const rows = await sql<InboxRequestDetail>(
    `SELECT ${rowColumns}, request.headers, request.body
     FROM inbox_request request JOIN inbox ON inbox.id = request.inbox_id
     WHERE inbox.organization_id = $1::uuid AND request.inbox_id = $2::uuid AND request.id = $3::uuid`,
    [organizationId, inboxId, id],
  );
  return rows[0] ?? null;
}

/** Empties an inbox; returns how many requests it held. */
export async function clearInboxRequests(sql: Sql, organizationId: string, inboxId: string): Promise<number> {
  const rows = await sql(
    `DELETE FROM inbox_request USING inbox
     WHERE inbox.id = inbox_request.inbox_id AND inbox.organization_id = $1::uuid AND inbox.id = $2::uuid
     RETURNING 1`,
    [organizationId, inboxId],
  );
  return rows.length;
}
