import "server-only";
import type { Sql } from "./sql";

/** An event type that the organization registered itself. */
export interface OwnEventType {
  name: string;
  description: string;
  schema: Record<string, unknown>;
  example: Record<string, unknown>;
  createdAt: Date;
  updatedAt: Date;
  deprecatedAt: Date | null;
}

const columns = `name, description, schema, example, created_at AS "createdAt", updated_at AS "updatedAt",
  deprecated_at AS "deprecatedAt"`;

/** All of the organization's own types, by name. */
export async function listOwnEventTypes(sql: Sql, organizationId: string): Promise<OwnEventType[]> {
  return sql<OwnEventType>(
    `SELECT ${columns} FROM event_type WHERE organization_id = $1::uuid ORDER BY name COLLATE "C"`,
    [organizationId],
  );
}

/** The names alone, which may be many and are asked for often. */
export async function listOwnEventTypeNames(sql: Sql, organizationId: string): Promise<string[]> {
  const rows = await sql<{ name: string }>(
    'SELECT name FROM event_type WHERE organization_id = $1::uuid ORDER BY name COLLATE "C"',
    [organizationId],
  );
  return rows.map((row) => row.name);
}

export async function findOwnEventType(
  sql: Sql,
  organizationId: string,
  name: string,
): Promise<OwnEventType | null> {
  const rows = await sql<OwnEventType>(
    `SELECT ${columns} FROM event_type WHERE organization_id = $1::uuid AND name = $2`,
    [organizationId, name],
  );
  return rows[0] ?? null;
}

/** As `findOwnEventType`, kept from changing until the transaction ends. */
export async function lockOwnEventType(
  sql: Sql,
  organizationId: string,
  name: string,
): Promise<OwnEventType | null> {
  const rows = await sql<OwnEventType>(
    `SELECT ${columns} FROM event_type WHERE organization_id = $1::uuid AND name = $2 FOR UPDATE`,
    [organizationId, name],
  );
  return rows[0] ?? null;
}

/** Returns whether it was stored: false when the organization has a type of this name. */
export async function insertOwnEventType(
  sql: Sql,
  organizationId: string,
  type: OwnEventType,
): Promise<boolean> {
  const rows = await sql(
    `INSERT INTO event_type (organization_id, name, description, schema, example, created_at, updated_at, deprecated_at)
     VALUES ($1::uuid, $2, $3, $4::text::json, $5::text::json, $6::timestamptz, $7::timestamptz, $8::timestamptz)
     ON CONFLICT (organization_id, name) DO NOTHING RETURNING name`,
    [organizationId, type.name, ...changeable(type), type.createdAt, type.updatedAt, type.deprecatedAt],
  );
  return rows.length === 1;
}

export async function updateOwnEventType(
  sql: Sql,
  organizationId: string,
  type: OwnEventType,
): Promise<void> {
  await sql(
    `UPDATE event_type SET description = $3, schema = $4::text::json, example = $5::text::json,
       updated_at = $6::timestamptz, deprecated_at = $7::timestamptz
     WHERE organization_id = $1::uuid AND name = $2`,
    [organizationId, type.name, ...changeable(type), type.updatedAt, type.deprecatedAt],
  );
}

function changeable({ description, schema, example }: OwnEventType): string[] {
  return [description, JSON.stringify(schema), JSON.stringify(example)];
}

export async function deleteOwnEventType(sql: Sql, organizationId: string, name: string): Promise<void> {
  await sql("DELETE FROM event_type WHERE organization_id = $1::uuid AND name = $2", [organizationId, name]);
}

/** Whether an event of the type with an id from `sinceId` on is still kept. */
export async function hasEventsOfType(
  sql: Sql,
  organizationId: string,
  name: string,
  sinceId: string,
): Promise<boolean> {
  const rows = await sql(
    `SELECT 1 FROM event WHERE organization_id = $1::uuid AND event_type = $2 AND id >= $3::uuid LIMIT 1`,
    [organizationId, name, sinceId],
  );
  return rows.length > 0;
}

export interface Subscription {
  id: string;
  url: string;
  state: "disabled" | "validating" | "active";
  eventTypes: string[];
  filter: Record<string, unknown> | null;
}

/** What each of the organization's endpoints subscribes to, the disabled ones included, oldest first. */
export async function listSubscriptions(sql: Sql, organizationId: string): Promise<Subscription[]> {
  return sql<Subscription>(
    `SELECT id, url, state::text AS state, event_types AS "eventTypes", filter FROM endpoint
     WHERE organization_id = $1::uuid AND deleted_at IS NULL ORDER BY id`,
    [organizationId],
  );
}

/** A schema that a process may know already. */
export interface KnownSchema {
  name: string;
  updatedAt: Date | null;
}

export interface SchemaRow {
  name: string;
  updatedAt: Date;
  /** Null when it is the one that is known. */
  schema: Record<string, unknown> | null;
}

/** The schemas of the types that exist among `known`; those that have not changed are not sent again. */
export async function readSchemas(
  sql: Sql,
  organizationId: string,
  known: readonly KnownSchema[],
): Promise<SchemaRow[]> {
  return sql<SchemaRow>(
    `SELECT name, updated_at AS "updatedAt",
       CASE WHEN updated_at IS DISTINCT FROM known."updatedAt" THEN schema END AS schema
     FROM event_type JOIN json_to_recordset($2::json) AS known (name text, "updatedAt" timestamptz) USING (name)
     WHERE organization_id = $1::uuid`,
    [organizationId, JSON.stringify(known)],
  );
}
