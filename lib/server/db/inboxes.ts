import "server-only";
import type { EndpointState } from "@/lib/domain/endpoint-lifecycle";
import type { InboxBehavior } from "@/lib/domain/inbox-answer";
import { lockOrganization } from "./organization-lock";
import type { Sql } from "./sql";

export interface InboxRow {
  id: string;
  name: string;
  token: string;
  behavior: InboxBehavior;
  createdAt: Date;
  requestCount: number;
  lastReceivedAt: Date | null;
}

const inboxColumns = `
  inbox.id, inbox.name, inbox.token, inbox.behavior, inbox.created_at AS "createdAt",
  received."requestCount", received."lastReceivedAt"`;

const received = `
  LATERAL (
    SELECT count(*)::integer AS "requestCount", max(received_at) AS "lastReceivedAt"
    FROM inbox_request WHERE inbox_id = inbox.id
  ) received`;

/** The organization's inboxes, newest first. */
export async function listInboxes(sql: Sql, organizationId: string): Promise<InboxRow[]> {
  return sql<InboxRow>(
    `SELECT ${inboxColumns} FROM inbox, ${received} WHERE organization_id = $1::uuid ORDER BY inbox.id DESC`,
    [organizationId],
  );
}

export async function findInbox(sql: Sql, organizationId: string, id: string): Promise<InboxRow | null> {
  const rows = await sql<InboxRow>(
    `SELECT ${inboxColumns} FROM inbox, ${received} WHERE organization_id = $1::uuid AND inbox.id = $2::uuid`,
    [organizationId, id],
  );
  return rows[0] ?? null;
}

/** The inbox that receives at a token: the sender has nothing else to show, so there is no organization to ask for. */
export async function findInboxByToken(
  sql: Sql,
  token: string,
): Promise<{ id: string; organizationId: string; behavior: InboxBehavior } | null> {
  const rows = await sql<{ id: string; organizationId: string; behavior: InboxBehavior }>(
    `SELECT id, organization_id AS "organizationId", behavior FROM inbox WHERE token = $1`,
    [token],
  );
  return rows[0] ?? null;
}

/** Makes those who add inboxes to the organization wait for each other until the transaction ends. */
export async function lockInboxCount(sql: Sql, organizationId: string): Promise<number> {
  await lockOrganization(sql, organizationId);
  const rows = await sql<{ count: number }>(
    "SELECT count(*)::integer AS count FROM inbox WHERE organization_id = $1::uuid",
    [organizationId],
  );
  return rows[0]?.count ?? 0;
}

export async function insertInbox(
  sql: Sql,
  organizationId: string,
  inbox: { id: string; name: string; token: string; createdAt: Date },
): Promise<void> {
  await sql(
    `INSERT INTO inbox (id, organization_id, name, token, created_at)
     VALUES ($1::uuid, $2::uuid, $3, $4, $5::timestamptz)`,
    [inbox.id, organizationId, inbox.name, inbox.token, inbox.createdAt],
  );
}

/** Returns the behavior it had, or null when there is no such inbox. */
export async function updateInboxBehavior(
  sql: Sql,
  organizationId: string,
  id: string,
  behavior: InboxBehavior,
): Promise<InboxBehavior | null> {
  const rows = await sql<{ before: InboxBehavior }>(
    `UPDATE inbox SET behavior = $3 FROM (
       SELECT id, behavior AS before FROM inbox WHERE organization_id = $1::uuid AND id = $2::uuid FOR UPDATE
     ) old
     WHERE inbox.id = old.id RETURNING old.before`,
    [organizationId, id, behavior],
  );
  return rows[0]?.before ?? null;
}

/** Deletes an inbox with all it received. Returns its name, or null when there is no such inbox. */
export async function removeInbox(sql: Sql, organizationId: string, id: string): Promise<string | null> {
  const rows = await sql<{ name: string }>(
    "DELETE FROM inbox WHERE organization_id = $1::uuid AND id = $2::uuid RETURNING name",
    [organizationId, id],
  );
  return rows[0]?.name ?? null;
}

export interface InboxEndpoint {
  id: string;
  description: string;
  state: EndpointState;
  challengeHeader: string;
  /** The path of the inbox that it sends to. */
  path: string;
  /** Sealed secrets that sign now. */
  secrets: string[];
}

/** The organization's endpoints that send to one of the paths. */
export async function listInboxEndpoints(
  sql: Sql,
  organizationId: string,
  paths: readonly string[],
  now: Date,
): Promise<InboxEndpoint[]> {
  return sql<InboxEndpoint>(
    `SELECT endpoint.id, description, state::text AS state, challenge_header AS "challengeHeader", wanted.path,
       ARRAY(
         SELECT sealed FROM endpoint_secret
         WHERE endpoint_id = endpoint.id AND (expires_at IS NULL OR expires_at > $3::timestamptz)
         ORDER BY id DESC
       ) AS secrets
     FROM endpoint JOIN unnest($2::text[]) AS wanted (path) ON strpos(url, wanted.path) > 0
     WHERE organization_id = $1::uuid AND deleted_at IS NULL
     ORDER BY endpoint.id`,
    [organizationId, paths, now],
  );
}
