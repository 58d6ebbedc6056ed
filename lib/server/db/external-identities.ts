import "server-only";
import { advisoryLocks } from "./advisory-locks";
import type { Sql } from "./sql";

export interface ExternalIdentity {
  /** `github`, `google`, or `oidc` and the issuer. */
  provider: string;
  /** The provider's own, lasting name for the person; never an e-mail address. */
  subject: string;
}

/** Makes whoever comes from a provider with the same address wait for the others until the transaction ends. */
export async function lockAddress(sql: Sql, email: string): Promise<void> {
  await sql(`SELECT pg_advisory_xact_lock(${advisoryLocks.providerSignIns}, hashtext($1::text))::text`, [
    email,
  ]);
}

/** UUID of the account, or null. */
export async function findIdentityOwner(sql: Sql, identity: ExternalIdentity): Promise<string | null> {
  const rows = await sql<{ userId: string }>(
    `SELECT user_id AS "userId" FROM external_identity WHERE provider = $1 AND subject = $2`,
    [identity.provider, identity.subject],
  );
  return rows[0]?.userId ?? null;
}

export async function insertIdentity(
  sql: Sql,
  { provider, subject }: ExternalIdentity,
  userId: string,
  now: Date,
): Promise<void> {
  await sql(
    `INSERT INTO external_identity (provider, subject, user_id, created_at)
     VALUES ($1, $2, $3::uuid, $4::timestamptz)`,
    [provider, subject, userId, now],
  );
}

/** The providers that the account is connected with. */
export async function listIdentityProviders(sql: Sql, userId: string): Promise<string[]> {
  const rows = await sql<{ provider: string }>(
    "SELECT provider FROM external_identity WHERE user_id = $1::uuid ORDER BY provider",
    [userId],
  );
  return rows.map(({ provider }) => provider);
}

/** Takes the provider's identities from the account. Returns how many there were. */
export async function deleteIdentities(sql: Sql, userId: string, provider: string): Promise<number> {
  const rows = await sql(
    "DELETE FROM external_identity WHERE user_id = $1::uuid AND provider = $2 RETURNING 1",
    [userId, provider],
  );
  return rows.length;
}
