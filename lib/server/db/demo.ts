import "server-only";
import type { Sql } from "./sql";

/** Rows that only the demo writes; what the engine writes, it writes through the engine's own statements. */

export interface DemoOwner {
  organizationId: string;
  userId: string;
  email: string;
}

/** The organization of an API key, and the first of its admins. */
export async function findDemoOwner(sql: Sql, keyHash: Buffer): Promise<DemoOwner | null> {
  const rows = await sql<DemoOwner>(
    `SELECT membership.organization_id AS "organizationId", app_user.id AS "userId", app_user.email
     FROM api_key JOIN membership USING (organization_id) JOIN app_user ON app_user.id = membership.user_id
     WHERE api_key.key_hash = decode($1, 'hex') AND membership.role = 'admin'
     ORDER BY membership.created_at LIMIT 1`,
    [keyHash.toString("hex")],
  );
  return rows[0] ?? null;
}

const seededName = "demo_receiver_port";

/** The port that the demo's endpoints point at, or null when the instance has not been filled yet. */
export async function findDemoPort(sql: Sql): Promise<number | null> {
  const rows = await sql<{ value: string }>("SELECT value FROM instance_setting WHERE name = $1", [
    seededName,
  ]);
  return rows[0] ? Number(rows[0].value) : null;
}

/** Remembers that the instance is filled. Throws when another process has done so: its transaction wins. */
export async function insertDemoPort(sql: Sql, port: number, now: Date): Promise<void> {
  await sql("INSERT INTO instance_setting (name, value, updated_at) VALUES ($1, $2, $3::timestamptz)", [
    seededName,
    String(port),
    now,
  ]);
}

/** Whether the organization has anything that a person or a program put there. */
export async function isOrganizationEmpty(sql: Sql, organizationId: string): Promise<boolean> {
  const rows = await sql<{ used: boolean }>(
    `SELECT EXISTS (SELECT FROM endpoint WHERE organization_id = $1::uuid)
       OR EXISTS (SELECT FROM event WHERE organization_id = $1::uuid) AS used`,
    [organizationId],
  );
  return rows[0]?.used === false;
}

export interface DemoMember {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  passwordHash: string;
  role: "developer" | "admin";
  createdAt: Date;
}

export async function insertDemoMembers(
  sql: Sql,
  organizationId: string,
  members: readonly DemoMember[],
): Promise<void> {
  await sql(
    `WITH person AS (
       INSERT INTO app_user (id, email, first_name, last_name, password_hash, created_at)
       SELECT id, email, "firstName", "lastName", "passwordHash", "createdAt"
       FROM json_to_recordset($2::json) AS r (
         id uuid, email text, "firstName" text, "lastName" text, "passwordHash" text, "createdAt" timestamptz)
     )
     INSERT INTO membership (organization_id, user_id, role, created_at)
     SELECT $1::uuid, id, role::member_role, "createdAt"
     FROM json_to_recordset($2::json) AS r (id uuid, role text, "createdAt" timestamptz)`,
    [organizationId, JSON.stringify(members)],
  );
}

export interface DemoEventTypeRow {
  name: string;
  description: string;
  /** JSON texts. */
  schemaText: string;
  exampleText: string;
}

export async function insertDemoEventTypes(
  sql: Sql,
  organizationId: string,
  types: readonly DemoEventTypeRow[],
  now: Date,
): Promise<void> {
  await sql(
    `INSERT INTO event_type (organization_id, name, description, schema, example, created_at, updated_at)
     SELECT $1::uuid, name, description, "schemaText"::json, "exampleText"::json, $3::timestamptz, $3::timestamptz
     FROM json_to_recordset($2::json) AS r (name text, description text, "schemaText" text, "exampleText" text)`,
    [organizationId, JSON.stringify(types), now],
  );
}

export interface DemoEndpointRow {
  id: string;
  createdBy: string;
  url: string;
  description: string;
  eventTypes: string[];
  successStatus: string;
  failurePolicy: object;
  createdAt: Date;
  secretId: string;
  sealedSecret: string;
}

/** Endpoints as they are created, disabled, with their secrets; `storeLifecycles` says what became of them. */
export async function insertDemoEndpoints(
  sql: Sql,
  organizationId: string,
  endpoints: readonly DemoEndpointRow[],
): Promise<void> {
  await sql(
    `WITH created AS (
       INSERT INTO endpoint (id, organization_id, created_by, url, description, event_types, state_since,
         success_status, failure_policy, created_at, updated_at)
       SELECT id, $1::uuid, "createdBy", url, description, "eventTypes", "createdAt", "successStatus",
         "failurePolicy", "createdAt", "createdAt"
       FROM json_to_recordset($2::json) AS r (
         id uuid, "createdBy" uuid, url text, description text, "eventTypes" text[], "createdAt" timestamptz,
         "successStatus" text, "failurePolicy" jsonb)
       RETURNING id
     )
     INSERT INTO endpoint_secret (id, organization_id, endpoint_id, sealed, created_at)
     SELECT "secretId", $1::uuid, created.id, "sealedSecret", "createdAt"
     FROM created JOIN json_to_recordset($2::json) AS r (
       id uuid, "secretId" uuid, "sealedSecret" text, "createdAt" timestamptz) USING (id)`,
    [organizationId, JSON.stringify(endpoints)],
  );
}

/** Takes every pending delivery of the organization, so that their ends can be recorded under one lease. */
export async function leaseDemoDeliveries(sql: Sql, organizationId: string, leaseId: string): Promise<void> {
  await sql(
    "UPDATE delivery SET lease_id = $2::uuid WHERE organization_id = $1::uuid AND state = 'pending'",
    [organizationId, leaseId],
  );
}

/** The ledger counts events as they come, in the order of their ids; a week that comes at once is counted anew. */
export async function restartLedger(sql: Sql): Promise<void> {
  await sql("DELETE FROM ledger_day");
}
