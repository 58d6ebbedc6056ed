import "server-only";
import { auditDays } from "@/lib/domain/audit-actions";
import type { Sql } from "./sql";

export interface AuditRow {
  id: string;
  organizationId: string | null;
  organizationName: string | null;
  actor: string;
  actorLabel: string;
  address: string | null;
  userAgent: string | null;
  action: string;
  target: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  at: Date;
}

export interface AuditFilter {
  /** Null: of every organization and of the instance itself, for operators; the caller has checked. */
  organizationId: string | null;
  actors: readonly string[];
  actions: readonly string[];
  /** Words anywhere in an entry, in any case; empty: no matter. */
  text: string;
  /** From this identifier on, and before that one: identifiers are in the order of time. */
  sinceId: string;
  untilId: string;
}

const columns = `
  e.id, e.organization_id AS "organizationId", o.name AS "organizationName", e.actor, e.actor_label AS "actorLabel",
  e.address, e.user_agent AS "userAgent", e.action, e.target, e.before, e.after, e.at`;

/** Newest first. */
export async function listAuditRows(sql: Sql, filter: AuditFilter, limit: number): Promise<AuditRow[]> {
  return sql<AuditRow>(
    `SELECT ${columns} FROM audit_entry e LEFT JOIN organization o ON o.id = e.organization_id
     WHERE ${filter.organizationId === null ? "$1::uuid IS NULL" : "e.organization_id = $1::uuid"}
       AND e.id >= $2::uuid AND e.id < $3::uuid
       AND (cardinality($4::text[]) = 0 OR e.actor = ANY ($4::text[]))
       AND (cardinality($5::text[]) = 0 OR e.action = ANY ($5::text[]))
       AND ($6 = '' OR strpos(lower(concat_ws(' ', e.actor, e.actor_label, e.address, e.user_agent, e.action, e.target,
         e.before::text, e.after::text)), lower($6)) > 0)
     ORDER BY e.id DESC LIMIT $7::integer`,
    [
      ...[filter.organizationId, filter.sinceId, filter.untilId, [...filter.actors], [...filter.actions]],
      ...[filter.text, limit],
    ],
  );
}

export async function findAuditRow(
  sql: Sql,
  organizationId: string | null,
  id: string,
): Promise<AuditRow | null> {
  const rows = await sql<AuditRow>(
    `SELECT ${columns} FROM audit_entry e LEFT JOIN organization o ON o.id = e.organization_id
     WHERE e.id = $2::uuid AND ($1::uuid IS NULL OR e.organization_id = $1::uuid)`,
    [organizationId, id],
  );
  return rows[0] ?? null;
}

/** Entries that are looked at for who acts: more would cost a page seconds, and the search finds everyone else. */
const actorEntriesMax = 20_000;

/** Who has acted lately, by the name of their newest entry; at most `limit` of them, the most recent first. */
export async function listAuditActors(
  sql: Sql,
  organizationId: string | null,
  limit: number,
): Promise<{ actor: string; actorLabel: string }[]> {
  return sql(
    `SELECT actor, (array_agg(actor_label ORDER BY position))[1] AS "actorLabel" FROM (
       SELECT actor, actor_label, row_number() OVER (ORDER BY id DESC) AS position FROM audit_entry
       WHERE ${organizationId === null ? "$1::uuid IS NULL" : "organization_id = $1::uuid"}
       ORDER BY id DESC LIMIT ${actorEntriesMax}
     ) latest
     GROUP BY actor ORDER BY min(position) LIMIT $2::integer`,
    [organizationId, limit],
  );
}

/**
 * Deletes up to `limit` entries that are past their time, and says how many. The database refuses any other: its own
 * clock decides.
 */
export async function pruneAudit(sql: Sql, limit: number): Promise<number> {
  const rows = await sql(
    `DELETE FROM audit_entry WHERE id IN (
       SELECT id FROM audit_entry WHERE at < now() - $1::integer * interval '1 day' ORDER BY at LIMIT $2::integer
     ) RETURNING 1`,
    [auditDays, limit],
  );
  return rows.length;
}
