import "server-only";
import type { Sql } from "./sql";

/**
 * Makes whoever adds something that is counted per organization, or that depends on what an organization has, wait for
 * the others until the transaction ends: two at once cannot both be the last one. First in its transaction, before any
 * row that others lock too.
 */
export async function lockOrganization(sql: Sql, organizationId: string): Promise<void> {
  await sql("SELECT 1 AS locked FROM organization WHERE id = $1::uuid FOR NO KEY UPDATE", [organizationId]);
}
