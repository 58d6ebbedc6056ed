import "server-only";
import type { AuditActor, AuditedChange } from "./audit";
import { insertAudit } from "./insert-audit.ts";
import type { Sql } from "./sql";

// Plain Node runs this, too (scripts/password-link): no other value is imported.

/**
 * Writes what happened to somebody's account into the log of every organization that they are a member of; of somebody
 * in none, into the instance's. `newId` makes UUIDv7s.
 */
export async function auditAccount(
  sql: Sql,
  userId: string,
  actor: Omit<AuditActor, "organizationId">,
  change: AuditedChange,
  now: Date,
  newId: () => string,
): Promise<void> {
  const memberships = await sql<{ organizationId: string }>(
    `SELECT organization_id AS "organizationId" FROM membership WHERE user_id = $1::uuid
     ORDER BY created_at, organization_id`,
    [userId],
  );
  const organizations = memberships.length > 0 ? memberships : [{ organizationId: null }];
  for (const { organizationId } of organizations) {
    await insertAudit(sql, { ...actor, organizationId }, change, now, newId());
  }
}
