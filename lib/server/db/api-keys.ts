import "server-only";
import { prepared, type Sql } from "./sql";

export interface ApiKeyRow {
  id: string;
  organizationId: string;
  name: string;
  /** SHA-256 of the key. */
  keyHash: Uint8Array;
  scopes: string[];
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

/** The keys with one of these beginnings, of whichever organization: the caller compares their hashes. */
export async function findKeysByPrefix(sql: Sql, prefixes: readonly string[]): Promise<ApiKeyRow[]> {
  return sql<ApiKeyRow>(byPrefix, [prefixes]);
}

const byPrefix = prepared(`
  SELECT id, organization_id AS "organizationId", name, key_hash AS "keyHash", scopes,
    last_used_at AS "lastUsedAt", revoked_at AS "revokedAt"
  FROM api_key WHERE prefix = ANY ($1::text[])`);

/** Notes the time, and the beginning that it is to be found and shown by from now on. */
export async function noteKeyUse(sql: Sql, id: string, prefix: string, now: Date): Promise<void> {
  await sql("UPDATE api_key SET last_used_at = $3::timestamptz, prefix = $2 WHERE id = $1::uuid", [
    id,
    prefix,
    now,
  ]);
}
