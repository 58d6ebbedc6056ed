import "server-only";
import type { NoticeKind, NoticeState } from "@/lib/domain/notice";
import type { Sql } from "./sql";

export interface NewMail {
  id: string;
  organizationId: string;
  endpointId: string;
  kind: NoticeKind;
  recipient: string;
  subject: string;
  html: string;
  text: string;
  state: Extract<NoticeState, "waiting" | "kept">;
  createdAt: Date;
}

/** Addresses of the organization's admins and of the endpoint's creator, without those who do not want this kind. */
export async function listRecipients(
  sql: Sql,
  organizationId: string,
  kind: NoticeKind,
  createdBy: string | null,
): Promise<string[]> {
  const rows = await sql<{ email: string }>(
    `SELECT u.email FROM membership m JOIN app_user u ON u.id = m.user_id
     WHERE m.organization_id = $1::uuid AND (m.role = 'admin' OR m.user_id = $2::uuid)
       AND NOT $3::text = ANY (m.muted_notices)
     ORDER BY u.email`,
    [organizationId, createdBy, kind],
  );
  return rows.map((row) => row.email);
}

export interface NoticeContext {
  organizationName: string;
  endpointDescription: string;
}

/** What a notice says beside the lifecycle. */
export async function findNoticeContext(
  sql: Sql,
  organizationId: string,
  endpointId: string,
): Promise<NoticeContext> {
  const [row] = await sql<NoticeContext>(
    `SELECT o.name AS "organizationName", e.description AS "endpointDescription"
     FROM endpoint e JOIN organization o ON o.id = e.organization_id
     WHERE e.organization_id = $1::uuid AND e.id = $2::uuid`,
    [organizationId, endpointId],
  );
  if (!row) throw new Error("A notice is about an endpoint that does not exist");
  return row;
}

export async function insertMails(sql: Sql, mails: readonly NewMail[]): Promise<void> {
  if (mails.length === 0) return;
  await sql(
    `INSERT INTO mail_outbox (
       id, organization_id, endpoint_id, kind, recipient, subject, html, text, state, created_at, next_try_at)
     SELECT id, "organizationId", "endpointId", kind, recipient, subject, html, text, state, "createdAt",
       CASE WHEN state = 'waiting' THEN "createdAt" END
     FROM json_to_recordset($1::json) AS r (
       id uuid, "organizationId" uuid, "endpointId" uuid, kind text, recipient text, subject text, html text,
       text text, state text, "createdAt" timestamptz)`,
    [JSON.stringify(mails)],
  );
}

/** A mail that this process may send, until `claimEnd`. `attempts` counts this try and tells the claim from a later one. */
export interface ClaimedMail {
  id: string;
  kind: string;
  recipient: string;
  attempts: number;
  createdAt: Date;
  /** Null: the mail is about the recipient's own account, and written when it is sent. */
  content: { subject: string; html: string; text: string } | null;
  /** Of such a mail: where the request came from that is its reason. */
  origin: { address: string | null; userAgent: string | null } | null;
  /** And whose account it is; null while nobody has looked. */
  userId: string | null;
  /** Of the mail of an invitation: which one. */
  invitationId: string | null;
}

/** Takes the mail that has waited longest; nobody else gets it before `claimEnd`. */
export async function claimMail(sql: Sql, now: Date, claimEnd: Date): Promise<ClaimedMail | null> {
  const [mail] = await sql<ClaimedMail>(
    `UPDATE mail_outbox SET attempts = attempts + 1, next_try_at = $2::timestamptz
     WHERE id = (
       SELECT id FROM mail_outbox WHERE state = 'waiting' AND next_try_at <= $1::timestamptz
       ORDER BY next_try_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING id, kind, recipient, attempts, created_at AS "createdAt", origin, user_id AS "userId",
       invitation_id AS "invitationId",
       CASE WHEN html IS NOT NULL
         THEN jsonb_build_object('subject', subject, 'html', html, 'text', text) END AS content`,
    [now, claimEnd],
  );
  return mail ?? null;
}

type Claim = Pick<ClaimedMail, "id" | "attempts">;

export async function markMailSent(sql: Sql, { id, attempts }: Claim, now: Date): Promise<void> {
  await sql(
    `UPDATE mail_outbox SET state = 'sent', sent_at = $3::timestamptz, next_try_at = NULL, last_error = NULL
     WHERE id = $1::uuid AND state = 'waiting' AND attempts = $2::integer`,
    [id, attempts, now],
  );
}

/** Says why a try failed, and when the next one is; null: there is none. */
export async function markMailFailed(
  sql: Sql,
  { id, attempts }: Claim,
  lastError: string,
  nextTryAt: Date | null,
): Promise<void> {
  await sql(
    `UPDATE mail_outbox SET last_error = $3, next_try_at = $4::timestamptz,
       state = CASE WHEN $4::timestamptz IS NULL THEN 'failed' ELSE 'waiting' END
     WHERE id = $1::uuid AND state = 'waiting' AND attempts = $2::integer`,
    [id, attempts, lastError, nextTryAt],
  );
}

/** A failed or kept mail waits again, with all of its tries. False when it is neither or not the organization's. */
export async function requeueMail(sql: Sql, organizationId: string, id: string, now: Date): Promise<boolean> {
  const rows = await sql(
    `UPDATE mail_outbox SET state = 'waiting', attempts = 0, next_try_at = $3::timestamptz
     WHERE organization_id = $1::uuid AND id = $2::uuid AND state IN ('failed', 'kept') RETURNING 1`,
    [organizationId, id, now],
  );
  return rows.length > 0;
}

/** Forgets mails that were written before `before` and wait for nothing. */
export async function pruneMails(sql: Sql, before: Date): Promise<void> {
  await sql("DELETE FROM mail_outbox WHERE created_at < $1::timestamptz AND state <> 'waiting'", [before]);
}
