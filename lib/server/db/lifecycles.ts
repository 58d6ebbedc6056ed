import "server-only";
import { freshHealth, type HealthMemory } from "@/lib/domain/endpoint-health";
import type { Lifecycle } from "@/lib/domain/endpoint-lifecycle";
import type { FailurePolicyChoice } from "@/lib/domain/failure-policy";
import { prepared, type Sql } from "./sql";

/** An endpoint's lifecycle, locked until the transaction ends, and what the rules need beside it. */
export interface LockedEndpoint {
  id: string;
  organizationId: string;
  createdBy: string | null;
  url: string;
  lifecycle: Lifecycle;
  failurePolicy: FailurePolicyChoice;
  onGone: "retry" | "disable";
  verificationMethod: "test_event" | "challenge";
  deleted: boolean;
}

type LifecycleRow = Omit<Lifecycle, "health"> &
  Omit<Lifecycle["health"], "memory"> & { memory: Partial<HealthMemory> };

const lifecycleColumns = `
  id, organization_id AS "organizationId", created_by AS "createdBy", url, state::text AS state,
  state_reason AS "stateReason", state_since AS "stateSince", validating_until AS "validatingUntil",
  activated_at AS "activatedAt", status::text AS status, status_reason AS "statusReason",
  failing_since AS "failingSince", probation_since AS "probationSince", disables_at AS "disablesAt",
  health AS memory, failure_policy AS "failurePolicy", on_gone AS "onGone",
  verification_method AS "verificationMethod", deleted_at IS NOT NULL AS deleted`;

const lockStatement = prepared(
  `SELECT ${lifecycleColumns} FROM endpoint WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
);

/** Locks endpoints in the order of their ids, so that two transactions never wait for each other in a circle. */
export async function lockEndpoints(sql: Sql, ids: readonly string[]): Promise<LockedEndpoint[]> {
  const rows = await sql<LifecycleRow & Omit<LockedEndpoint, "lifecycle">>(lockStatement, [ids]);
  return rows.map(toLocked);
}

/** One endpoint of the organization, locked; null when it is another's, deleted or unknown. */
export async function lockEndpoint(
  sql: Sql,
  organizationId: string,
  id: string,
): Promise<LockedEndpoint | null> {
  const rows = await sql<LifecycleRow & Omit<LockedEndpoint, "lifecycle">>(
    `SELECT ${lifecycleColumns} FROM endpoint
     WHERE id = $1::uuid AND organization_id = $2::uuid AND deleted_at IS NULL FOR NO KEY UPDATE`,
    [id, organizationId],
  );
  return rows[0] ? toLocked(rows[0]) : null;
}

function toLocked(row: LifecycleRow & Omit<LockedEndpoint, "lifecycle">): LockedEndpoint {
  const { state, stateReason, stateSince, validatingUntil, activatedAt } = row;
  const { status, statusReason, failingSince, probationSince, disablesAt } = row;
  return {
    id: row.id,
    organizationId: row.organizationId,
    createdBy: row.createdBy,
    url: row.url,
    failurePolicy: row.failurePolicy,
    onGone: row.onGone,
    verificationMethod: row.verificationMethod,
    deleted: row.deleted,
    lifecycle: {
      state,
      stateReason,
      stateSince,
      validatingUntil,
      activatedAt,
      health: {
        status,
        statusReason,
        failingSince,
        probationSince,
        disablesAt,
        memory: { ...freshHealth.memory, ...row.memory },
      },
    },
  };
}

/** Stores the lifecycles of locked endpoints. */
export async function storeLifecycles(
  sql: Sql,
  endpoints: readonly { id: string; lifecycle: Lifecycle }[],
): Promise<void> {
  if (endpoints.length === 0) return;
  const rows = endpoints.map(({ id, lifecycle: { health, ...rest } }) => ({ id, ...rest, ...health }));
  await sql(
    `UPDATE endpoint SET state = r.state::endpoint_state, state_reason = r."stateReason",
       state_since = r."stateSince", validating_until = r."validatingUntil", activated_at = r."activatedAt",
       status = r.status::endpoint_status, status_reason = r."statusReason", failing_since = r."failingSince",
       probation_since = r."probationSince", disables_at = r."disablesAt", health = r.memory
     FROM json_to_recordset($1::json) AS r (
       id uuid, state text, "stateReason" text, "stateSince" timestamptz, "validatingUntil" timestamptz,
       "activatedAt" timestamptz, status text, "statusReason" text, "failingSince" timestamptz,
       "probationSince" timestamptz, "disablesAt" timestamptz, memory jsonb)
     WHERE endpoint.id = r.id`,
    [JSON.stringify(rows)],
  );
}

/** Endpoints whose validation window is over, by this clock and by the database's. */
export async function overdueValidations(
  sql: Sql,
  now: Date,
): Promise<{ id: string; organizationId: string }[]> {
  return sql(
    `SELECT id, organization_id AS "organizationId" FROM endpoint
     WHERE state = 'validating' AND validating_until <= least($1::timestamptz, statement_timestamp())
     ORDER BY validating_until LIMIT 100`,
    [now],
  );
}

export interface TransitionRow {
  id: string;
  organizationId: string;
  endpointId: string;
  kind: "state" | "status";
  from: string | null;
  to: string;
  reason: string;
  detail: string | null;
  actor: string;
  actorLabel: string;
  at: Date;
}

export async function insertTransitions(sql: Sql, transitions: readonly TransitionRow[]): Promise<void> {
  if (transitions.length === 0) return;
  await sql(
    `INSERT INTO transition (
       id, organization_id, endpoint_id, kind, from_value, to_value, reason, detail, actor, actor_label, at)
     SELECT id, "organizationId", "endpointId", kind, "from", "to", reason, detail, actor, "actorLabel", at
     FROM json_to_recordset($1::json) AS r (
       id uuid, "organizationId" uuid, "endpointId" uuid, kind text, "from" text, "to" text, reason text,
       detail text, actor text, "actorLabel" text, at timestamptz)`,
    [JSON.stringify(transitions)],
  );
}
