import "server-only";
import type { Sql } from "./sql";

// Only types are imported here, so that plain Node can run it (scripts/rotate-keys).

export interface SealedValue {
  /** UUID of the row. */
  id: string;
  /** UUID of what the text is bound to. */
  boundTo: string;
  sealed: string;
}

/** A column of sealed texts. */
export interface SealedColumn {
  table: "endpoint_secret" | "endpoint" | "service_account";
  column: "sealed" | "headers_sealed" | "credentials_sealed";
  /** The column with the UUID that the text is bound to: of the row itself, or of the row it belongs to. */
  boundTo: "endpoint_id" | "id";
}

/** Every column that holds something sealed; a test compares it with the database. */
export const sealedColumns = {
  secrets: { table: "endpoint_secret", column: "sealed", boundTo: "endpoint_id" },
  headers: { table: "endpoint", column: "headers_sealed", boundTo: "id" },
  credentials: { table: "service_account", column: "credentials_sealed", boundTo: "id" },
} as const satisfies Record<string, SealedColumn>;

/** How many texts there are under each key, by the key's id. */
export async function countByKey(sql: Sql, { table, column }: SealedColumn): Promise<Map<string, number>> {
  const rows = await sql<{ keyId: string; count: number }>(
    `SELECT split_part(${column}, '.', 2) AS "keyId", count(*)::integer AS count
     FROM ${table} WHERE ${column} IS NOT NULL GROUP BY 1 ORDER BY 1`,
  );
  return new Map(rows.map(({ keyId, count }) => [keyId, count]));
}

/** The next texts under another key than `keyId`, in the order of their rows. */
export async function listSealedOtherwise(
  sql: Sql,
  { table, column, boundTo }: SealedColumn,
  { keyId, afterId, limit }: { keyId: string; afterId: string; limit: number },
): Promise<SealedValue[]> {
  return sql<SealedValue>(
    `SELECT id, ${boundTo} AS "boundTo", ${column} AS sealed FROM ${table}
     WHERE id > $1::uuid AND ${column} IS NOT NULL AND split_part(${column}, '.', 2) <> $2
     ORDER BY id LIMIT $3::integer`,
    [afterId, keyId, limit],
  );
}

/**
 * Puts new texts in the place of those that were read. One that was changed meanwhile stays as it is: what is newer than
 * our reading is never overwritten. Returns how many were replaced.
 */
export async function replaceSealed(
  sql: Sql,
  { table, column }: SealedColumn,
  values: readonly { id: string; was: string; sealed: string }[],
): Promise<number> {
  const rows = await sql(
    `UPDATE ${table} SET ${column} = new.sealed
     FROM unnest($1::uuid[], $2::text[], $3::text[]) AS new (id, was, sealed)
     WHERE ${table}.id = new.id AND ${table}.${column} = new.was RETURNING 1`,
    [values.map(({ id }) => id), values.map(({ was }) => was), values.map(({ sealed }) => sealed)],
  );
  return rows.length;
}
