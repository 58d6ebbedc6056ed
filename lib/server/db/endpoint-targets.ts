import "server-only";
import type { Sql } from "./sql";

/** What a request to an endpoint is built from, as stored. */
export interface EndpointTargetRow {
  id: string;
  version: number;
  url: string;
  successStatus: "200" | "2xx";
  timeoutSeconds: number | null;
  retrySchedule: string[];
  defaultSchedule: boolean;
  rateLimitPerSecond: number | null;
  verificationMethod: "test_event" | "challenge";
  challengeHeader: string;
  headersSealed: string | null;
  /** The current secret first, then those still in their overlap. */
  secrets: { sealed: string; expiresAt: string | null }[];
}

export async function loadEndpointTargets(sql: Sql, ids: readonly string[]): Promise<EndpointTargetRow[]> {
  return sql<EndpointTargetRow>(
    `SELECT id, version, url, success_status AS "successStatus", timeout_seconds AS "timeoutSeconds",
       retry_schedule AS "retrySchedule", default_schedule AS "defaultSchedule",
       rate_limit_per_second AS "rateLimitPerSecond", verification_method AS "verificationMethod",
       challenge_header AS "challengeHeader", headers_sealed AS "headersSealed",
       (SELECT coalesce(json_agg(json_build_object('sealed', sealed, 'expiresAt', expires_at)
          ORDER BY expires_at IS NOT NULL, expires_at DESC), '[]')
        FROM endpoint_secret WHERE endpoint_id = endpoint.id) AS secrets
     FROM endpoint WHERE id = ANY ($1::uuid[])`,
    [ids],
  );
}
