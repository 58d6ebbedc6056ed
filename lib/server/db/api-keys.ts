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

/** The keys that begin like this, of whichever organization: the caller compares their hashes. */
export async function findKeysByPrefix(sql: Sql, prefix: string): Promise<ApiKeyRow[]> {
  return sql<ApiKeyRow>(byPrefix, [prefix]);
}

const byPrefix = prepared(`
  SELECT id, organization_id AS "organizationId", name, key_hash AS "keyHash", scopes,
    last_used_at AS "lastUsedAt", revoked_at AS "revokedAt"
  FROM api_key WHERE prefix = $1`);

export async function noteKeyUse(sql: Sql, id: string, now: Date): Promise<void> {
  await sql("UPDATE api_key SET last_used_at = $2::timestamptz WHERE id = $1::uuid", [id, now]);
}
