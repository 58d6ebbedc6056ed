import "server-only";
import type { Sql } from "./sql";

/** Locks the deliveries that are still leased as said, until the transaction ends, and returns their ids. */
export async function lockLeases(
  sql: Sql,
  leases: readonly { id: string; leaseId: string }[],
): Promise<Set<string>> {
  const rows = await sql<{ id: string }>(
    `SELECT delivery.id FROM unnest($1::uuid[], $2::uuid[]) AS held (id, lease_id)
     JOIN delivery ON delivery.id = held.id
     WHERE delivery.lease_id = held.lease_id AND delivery.state = 'pending'
     FOR NO KEY UPDATE OF delivery`,
    [leases.map((lease) => lease.id), leases.map((lease) => lease.leaseId)],
  );
  return new Set(rows.map((row) => row.id));
}
