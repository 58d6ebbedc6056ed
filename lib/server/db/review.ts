import "server-only";
import type { EndpointStatus } from "@/lib/domain/endpoint-health";
import { type EndpointState, ruleReasons } from "@/lib/domain/endpoint-lifecycle";
import type { ReviewReason } from "@/lib/schemas/review";
import { endpointSince } from "./endpoint-since";
import type { Sql } from "./sql";

export interface ReviewRow {
  id: string;
  organizationId: string;
  organizationName: string;
  url: string;
  description: string;
  state: EndpointState;
  status: EndpointStatus;
  reason: ReviewReason;
  statusReason: string | null;
  since: Date;
  disablesAt: Date | null;
  validatingUntil: Date | null;
  lastError: string | null;
  ownerName: string | null;
  ownerEmail: string | null;
  note: string | null;
  noteBy: string | null;
  noteAt: Date | null;
}

/** A validation is stuck once its first test has failed. */
const hasFailedTest = `EXISTS (
  SELECT FROM attempt a WHERE a.endpoint_id = e.id AND a.id >= $2::uuid AND a.purpose = 'validation'
    AND NOT a.succeeded AND a.delivery_timestamp >= e.state_since)`;

/**
 * Endpoints that need a look, of one organization or, with null, of all of them (for operators; the caller has
 * checked). `oldestAttemptId` is where the retention begins: older attempts are not looked for.
 */
export async function listForReview(
  sql: Sql,
  organizationId: string | null,
  oldestAttemptId: string,
  limit: number,
): Promise<ReviewRow[]> {
  return sql<ReviewRow>(
    `SELECT e.id, e.organization_id AS "organizationId", o.name AS "organizationName", e.url, e.description,
       e.state::text AS state, e.status::text AS status, e.status_reason AS "statusReason",
       CASE e.state WHEN 'active' THEN e.status::text WHEN 'validating' THEN 'stuck_validating'
         ELSE e.state_reason END AS reason,
       ${endpointSince} AS since,
       e.disables_at AS "disablesAt", e.validating_until AS "validatingUntil",
       coalesce(e.health ->> 'lastFailure', failure.message) AS "lastError",
       trim(u.first_name || ' ' || u.last_name) AS "ownerName", u.email AS "ownerEmail",
       seen.note, seen.actor_label AS "noteBy", seen.at AS "noteAt"
     FROM endpoint e JOIN organization o ON o.id = e.organization_id
     LEFT JOIN membership m ON m.organization_id = e.organization_id AND m.user_id = e.created_by
     LEFT JOIN app_user u ON u.id = m.user_id
     LEFT JOIN LATERAL (
       SELECT a.error_message AS message FROM attempt a
       WHERE a.endpoint_id = e.id AND a.id >= $2::uuid AND NOT a.succeeded AND a.purpose <> 'test'
       ORDER BY a.id DESC LIMIT 1
     ) failure ON e.health ->> 'lastFailure' IS NULL
     LEFT JOIN LATERAL (
       SELECT n.note, n.actor_label, n.at FROM review_note n
       WHERE n.endpoint_id = e.id AND n.transition_id IS NOT DISTINCT FROM (
         SELECT t.id FROM transition t WHERE t.endpoint_id = e.id ORDER BY t.id DESC LIMIT 1)
       ORDER BY n.id DESC LIMIT 1
     ) seen ON true
     WHERE e.deleted_at IS NULL AND ($1::uuid IS NULL OR e.organization_id = $1::uuid) AND (
       (e.state = 'active' AND e.status IN ('probation', 'warning'))
       OR (e.state = 'disabled' AND e.state_reason = ANY ($3::text[]))
       OR (e.state = 'validating' AND ${hasFailedTest}))
     ORDER BY e.disables_at NULLS LAST, e.validating_until NULLS LAST, since DESC, e.id
     LIMIT $4::integer`,
    [organizationId, oldestAttemptId, ruleReasons, limit],
  );
}

export interface NewReviewNote {
  id: string;
  endpointId: string;
  note: string;
  actor: string;
  actorLabel: string;
  at: Date;
}

/** Marks an endpoint as seen until its next transition. False when it is not the organization's. */
export async function insertReviewNote(
  sql: Sql,
  organizationId: string,
  { id, endpointId, note, actor, actorLabel, at }: NewReviewNote,
): Promise<boolean> {
  const rows = await sql(
    `INSERT INTO review_note (id, organization_id, endpoint_id, note, actor, actor_label, at, transition_id)
     SELECT $1::uuid, e.organization_id, e.id, $4, $5, $6, $7::timestamptz,
       (SELECT t.id FROM transition t WHERE t.endpoint_id = e.id ORDER BY t.id DESC LIMIT 1)
     FROM endpoint e WHERE e.organization_id = $2::uuid AND e.id = $3::uuid AND e.deleted_at IS NULL RETURNING 1`,
    [id, organizationId, endpointId, note, actor, actorLabel, at],
  );
  return rows.length > 0;
}
