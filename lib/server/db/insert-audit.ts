import "server-only";
import type { AuditActor, AuditedChange } from "./audit";
import type { Sql } from "./sql";

/**
 * As `recordAudit`, in a transaction of plain SQL: the engine's, where an event is stored, and in a script. Only types are
 * imported here, so that plain Node can run it.
 */
export async function insertAudit(
  sql: Sql,
  { organizationId, actor, actorLabel, address, userAgent }: AuditActor,
  { action, target = "", before, after }: AuditedChange,
  now: Date,
  id: string,
): Promise<void> {
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  await sql(
    `INSERT INTO audit_entry
       (id, organization_id, actor, actor_label, address, user_agent, action, target, before, after, at)
     VALUES ($1::uuid, $2::uuid, $3, $4, $5, $6, $7, nullif($8, ''), $9::jsonb, $10::jsonb, $11::timestamptz)`,
    [
      ...[id, organizationId, actor, actorLabel, address, userAgent],
      ...[action, target, json(before), json(after), now],
    ],
  );
}
