import "server-only";
import type { ServiceAccountType } from "@/lib/domain/service-account";
import type { Sql } from "./sql";

/** A service account without its credentials: these are asked for by name, where they are changed. */
export interface ServiceAccountRow {
  id: string;
  type: ServiceAccountType;
  name: string;
  domains: string[];
  createdAt: Date;
  updatedAt: Date;
}

export interface StoredServiceAccount extends ServiceAccountRow {
  /** AES-256-GCM over the JSON of the credentials, bound to the account's id. */
  credentialsSealed: string;
}

const columns = `id, type, name, domains, created_at AS "createdAt", updated_at AS "updatedAt"`;

/** All of the organization's accounts, oldest first. */
export async function listServiceAccounts(sql: Sql, organizationId: string): Promise<ServiceAccountRow[]> {
  return sql<ServiceAccountRow>(
    `SELECT ${columns} FROM service_account WHERE organization_id = $1::uuid ORDER BY id`,
    [organizationId],
  );
}

export async function findServiceAccount(
  sql: Sql,
  organizationId: string,
  id: string,
): Promise<ServiceAccountRow | null> {
  const rows = await sql<ServiceAccountRow>(
    `SELECT ${columns} FROM service_account WHERE organization_id = $1::uuid AND id = $2::uuid`,
    [organizationId, id],
  );
  return rows[0] ?? null;
}

/** With its credentials, kept from changing until the transaction ends: also from being sealed with another key. */
export async function lockServiceAccount(
  sql: Sql,
  organizationId: string,
  id: string,
): Promise<StoredServiceAccount | null> {
  const rows = await sql<StoredServiceAccount>(
    `SELECT ${columns}, credentials_sealed AS "credentialsSealed" FROM service_account
     WHERE organization_id = $1::uuid AND id = $2::uuid FOR UPDATE`,
    [organizationId, id],
  );
  return rows[0] ?? null;
}

export async function insertServiceAccount(
  sql: Sql,
  organizationId: string,
  account: StoredServiceAccount,
): Promise<void> {
  await sql(
    `INSERT INTO service_account (id, organization_id, type, name, domains, credentials_sealed, created_at, updated_at)
     VALUES ($1::uuid, $2::uuid, $3, $4, $5::text[], $6, $7::timestamptz, $8::timestamptz)`,
    [account.id, organizationId, ...changeable(account), account.createdAt, account.updatedAt],
  );
}

export async function updateServiceAccount(
  sql: Sql,
  organizationId: string,
  account: StoredServiceAccount,
): Promise<void> {
  await sql(
    `UPDATE service_account SET type = $3, name = $4, domains = $5::text[], credentials_sealed = $6,
       updated_at = $7::timestamptz
     WHERE id = $1::uuid AND organization_id = $2::uuid`,
    [account.id, organizationId, ...changeable(account), account.updatedAt],
  );
}

export async function deleteServiceAccount(sql: Sql, organizationId: string, id: string): Promise<void> {
  await sql("DELETE FROM service_account WHERE organization_id = $1::uuid AND id = $2::uuid", [
    organizationId,
    id,
  ]);
}

const changeable = ({ type, name, domains, credentialsSealed }: StoredServiceAccount) => [
  type,
  name,
  domains,
  credentialsSealed,
];
