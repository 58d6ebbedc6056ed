import "server-only";
import type { AccountMailKind } from "@/lib/domain/account-mail-text";
import type { ClaimedMail } from "./mail-outbox";
import type { Sql } from "./sql";

export interface NewAccountMail {
  id: string;
  kind: AccountMailKind | "invitation";
  /** In lower case; there may be no account with it. */
  recipient: string;
  /** UUID; null when nobody has looked whose address it is. */
  userId: string | null;
  /** UUID, of an invitation. */
  invitationId?: string;
  /** Where the request came from that is the reason for the mail. */
  origin: { address: string | null; userAgent: string | null };
  createdAt: Date;
}

/** Puts a mail about the recipient's own account into the outbox. Its text is made when it is sent. */
export async function insertAccountMail(sql: Sql, mail: NewAccountMail): Promise<void> {
  const { id, kind, recipient, userId, invitationId = null, origin, createdAt } = mail;
  const { address, userAgent } = origin;
  await sql(
    `INSERT INTO mail_outbox (
       id, kind, recipient, user_id, invitation_id, origin, state, created_at, next_try_at)
     VALUES ($1::uuid, $2, $3, $4::uuid, $5::uuid, $6::jsonb, 'waiting', $7::timestamptz, $7::timestamptz)`,
    [id, kind, recipient, userId, invitationId, JSON.stringify({ address, userAgent }), createdAt],
  );
}

/** Notes whose account the mail is about. False when the claim, or the mail itself, is not there any more. */
export async function assignMail(
  sql: Sql,
  { id, attempts }: Pick<ClaimedMail, "id" | "attempts">,
  userId: string,
): Promise<boolean> {
  const rows = await sql(
    `UPDATE mail_outbox SET user_id = $3::uuid
     WHERE id = $1::uuid AND state = 'waiting' AND attempts = $2::integer RETURNING 1`,
    [id, attempts, userId],
  );
  return rows.length > 0;
}

/** Of a mail that is for nobody there is nothing to keep. */
export async function deleteMail(sql: Sql, id: string): Promise<void> {
  await sql("DELETE FROM mail_outbox WHERE id = $1::uuid", [id]);
}

/** Links that were asked for and are not sent yet: they never are. */
export async function withdrawLinkMails(sql: Sql, recipient: string): Promise<void> {
  await sql("DELETE FROM mail_outbox WHERE kind = 'password_link' AND state = 'waiting' AND recipient = $1", [
    recipient,
  ]);
}
