import "server-only";
import type { Sql } from "./sql";

// Only types are imported here, so that plain Node can run it (scripts/password-link).

/** Somebody with an account. */
export interface AccountHolder {
  /** UUID. */
  id: string;
  email: string;
  /** False: only another provider signs them in so far. */
  hasPassword: boolean;
}

const holder = `u.id, u.email, u.has_password AS "hasPassword"`;

/** The account of an address (in lower case), locked: its password and its link do not change meanwhile. */
export async function lockHolderByEmail(sql: Sql, email: string): Promise<AccountHolder | null> {
  const [found] = await sql<AccountHolder>(`SELECT ${holder} FROM app_user u WHERE u.email = $1 FOR UPDATE`, [
    email,
  ]);
  return found ?? null;
}

export interface NewPasswordLink {
  userId: string;
  /** SHA-256. */
  tokenHash: Buffer;
  createdAt: Date;
  expiresAt: Date;
}

/** The link before it works no more. The account has to be locked. */
export async function storePasswordLink(
  sql: Sql,
  { userId, tokenHash, createdAt, expiresAt }: NewPasswordLink,
): Promise<void> {
  await sql(
    `INSERT INTO password_link (user_id, token_hash, created_at, expires_at)
     VALUES ($1::uuid, $2::bytea, $3::timestamptz, $4::timestamptz)
     ON CONFLICT (user_id) DO UPDATE SET
       token_hash = excluded.token_hash, created_at = excluded.created_at, expires_at = excluded.expires_at`,
    [userId, tokenHash, createdAt, expiresAt],
  );
}

/** Whose password the link chooses; null when it is unknown, used, replaced or too old. */
export async function findLinkHolder(sql: Sql, tokenHash: Buffer, now: Date): Promise<AccountHolder | null> {
  const [found] = await sql<AccountHolder>(ofLink, [tokenHash, now]);
  return found ?? null;
}

/** As `findLinkHolder`, and uses the link up: of several at once only one gets it. Locks the account. */
export async function takePasswordLink(
  sql: Sql,
  tokenHash: Buffer,
  now: Date,
): Promise<AccountHolder | null> {
  // The account first, as everything that touches both does.
  const [found] = await sql<AccountHolder>(`${ofLink} FOR UPDATE OF u`, [tokenHash, now]);
  if (!found) return null;
  const taken = await sql("DELETE FROM password_link WHERE token_hash = $1::bytea RETURNING 1", [tokenHash]);
  return taken.length > 0 ? found : null;
}

const ofLink = `SELECT ${holder} FROM password_link l JOIN app_user u ON u.id = l.user_id
  WHERE l.token_hash = $1::bytea AND l.expires_at > $2::timestamptz`;

export async function deletePasswordLink(sql: Sql, userId: string): Promise<void> {
  await sql("DELETE FROM password_link WHERE user_id = $1::uuid", [userId]);
}

/** Forgets those whose time is over. */
export async function prunePasswordLinks(sql: Sql, now: Date): Promise<void> {
  await sql("DELETE FROM password_link WHERE expires_at <= $1::timestamptz", [now]);
}
