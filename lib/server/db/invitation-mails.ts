import "server-only";
import type { NoticeState } from "@/lib/domain/notice";
import type { MemberRole } from "@/lib/schemas/member";
import type { Sql } from "./sql";

/** What the mail of an invitation says. */
export interface MailedInvitation {
  organizationName: string;
  role: MemberRole;
  expiresAt: Date;
  /** Null when their account is gone. */
  invitedBy: { name: string; email: string } | null;
}

/** The invitation's link by mail is the one with this token from now on. Null when nobody can accept it any more. */
export async function renewMailToken(
  sql: Sql,
  { id, tokenHash, now }: { id: string; tokenHash: Uint8Array; now: Date },
): Promise<MailedInvitation | null> {
  const [invitation] = await sql<MailedInvitation>(
    `UPDATE invitation i SET mail_token_hash = $2::bytea
     FROM invitation ii JOIN organization o ON o.id = ii.organization_id
       LEFT JOIN app_user u ON u.id = ii.invited_by
     WHERE ii.id = $1::uuid AND i.id = ii.id AND i.accepted_at IS NULL AND i.expires_at > $3::timestamptz
     RETURNING o.name AS "organizationName", i.role, i.expires_at AS "expiresAt",
       CASE WHEN u.id IS NOT NULL THEN jsonb_build_object(
         'name', trim(u.first_name || ' ' || u.last_name), 'email', u.email) END AS "invitedBy"`,
    [id, tokenHash, now],
  );
  return invitation ?? null;
}

/** Where the mail of an invitation stands, and the server's last word while it is not sent. */
export interface InvitationMail {
  state: NoticeState;
  lastError: string | null;
}

/** The mails of the organization's open invitations, by the UUID of the invitation. */
export async function invitationMails(
  sql: Sql,
  organizationId: string,
): Promise<Map<string, InvitationMail>> {
  const rows = await sql<InvitationMail & { id: string }>(
    `SELECT i.id, m.state, m.last_error AS "lastError"
     FROM invitation i JOIN mail_outbox m ON m.invitation_id = i.id
     WHERE i.organization_id = $1::uuid AND i.accepted_at IS NULL`,
    [organizationId],
  );
  return new Map(rows.map(({ id, ...mail }) => [id, mail]));
}
