import "server-only";
import type { OrganizationProfile } from "@/lib/schemas/organization-profile";
import type { Sql } from "./sql";

/** Null for an organization that does not exist. */
export async function readProfile(sql: Sql, organizationId: string): Promise<OrganizationProfile | null> {
  const rows = await sql<OrganizationProfile>(
    `SELECT name AS "companyName", web_address AS "webAddress", logo_url AS "logoUrl"
     FROM organization WHERE id = $1::uuid`,
    [organizationId],
  );
  return rows[0] ?? null;
}

export async function saveProfile(
  sql: Sql,
  organizationId: string,
  { companyName, webAddress, logoUrl }: OrganizationProfile,
): Promise<void> {
  await sql("UPDATE organization SET name = $2, web_address = $3, logo_url = $4 WHERE id = $1::uuid", [
    organizationId,
    companyName,
    webAddress,
    logoUrl,
  ]);
}

/** The organization's domains, in the order in which they were added. */
export async function readDomains(sql: Sql, organizationId: string): Promise<string[]> {
  const rows = await sql<{ domains: string[] }>("SELECT domains FROM organization WHERE id = $1::uuid", [
    organizationId,
  ]);
  return rows[0]?.domains ?? [];
}

export async function saveDomains(
  sql: Sql,
  organizationId: string,
  domains: readonly string[],
): Promise<void> {
  await sql("UPDATE organization SET domains = $2::text[] WHERE id = $1::uuid", [organizationId, domains]);
}
