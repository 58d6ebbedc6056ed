import "server-only";
import type { EndpointStatus } from "@/lib/domain/endpoint-health";
import { type EndpointState, ruleReasons, type StateReason } from "@/lib/domain/endpoint-lifecycle";
import { endpointSince } from "./endpoint-since";
import type { Sql } from "./sql";

export async function countEndpoints(
  sql: Sql,
  organizationId: string,
): Promise<{ state: EndpointState; status: EndpointStatus; count: number }[]> {
  return sql(
    `SELECT state::text AS state, status::text AS status, count(*)::integer AS count FROM endpoint
     WHERE organization_id = $1::uuid AND deleted_at IS NULL GROUP BY 1, 2 ORDER BY 1, 2`,
    [organizationId],
  );
}

export interface AttentionRow {
  id: string;
  url: string;
  description: string;
  state: EndpointState;
  stateReason: StateReason;
  status: EndpointStatus;
  statusReason: string | null;
  since: Date;
  disablesAt: Date | null;
  validatingUntil: Date | null;
  /** How many there are in all. */
  totalCount: number;
}

/**
 * Endpoints that need a person, the most urgent first: switched off by a rule, about to be, failing, and in validation
 * since before `validatingBefore`. What a person switched off is meant to be off.
 */
export async function listAttentionRows(
  sql: Sql,
  organizationId: string,
  { validatingBefore, limit }: { validatingBefore: Date; limit: number },
): Promise<AttentionRow[]> {
  return sql<AttentionRow>(
    `SELECT id, url, description, state::text AS state, state_reason AS "stateReason",
       status::text AS status, status_reason AS "statusReason", ${endpointSince} AS since,
       disables_at AS "disablesAt", validating_until AS "validatingUntil",
       (count(*) OVER ())::integer AS "totalCount"
     FROM endpoint e
     WHERE organization_id = $1::uuid AND deleted_at IS NULL AND (
       (state = 'disabled' AND state_reason = ANY($4::text[]))
       OR (state = 'validating' AND state_since < $2::timestamptz)
       OR (state = 'active' AND (status <> 'healthy' OR failing_since IS NOT NULL)))
     ORDER BY CASE WHEN state = 'active' AND status <> 'healthy' THEN 0 WHEN state = 'disabled' THEN 1
       WHEN state = 'active' THEN 2 ELSE 3 END, disables_at NULLS LAST, state_since DESC, id
     LIMIT $3::integer`,
    [organizationId, validatingBefore, limit, ruleReasons],
  );
}

/** Whether anything but a test was published, looked for among events from `oldestId` on. */
export async function hasPublishedEvents(
  sql: Sql,
  organizationId: string,
  oldestId: string,
): Promise<boolean> {
  const rows = await sql(
    `SELECT 1 FROM event
     WHERE organization_id = $1::uuid AND id >= $2::uuid
       AND event_type NOT LIKE 'developer.%' AND event_type NOT LIKE 'webhook.%'
     ORDER BY id DESC LIMIT 1`,
    [organizationId, oldestId],
  );
  return rows.length > 0;
}
