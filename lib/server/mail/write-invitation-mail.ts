import "server-only";
import { describeInvitation } from "@/lib/domain/invitation-mail-text";
import { deleteMail } from "@/lib/server/db/account-mails";
import { renewMailToken } from "@/lib/server/db/invitation-mails";
import type { ClaimedMail } from "@/lib/server/db/mail-outbox";
import { poolSql } from "@/lib/server/db/sql";
import { hashInvitationToken, invitationLink, newInvitationToken } from "@/lib/server/invitation-token";
import type { OutgoingMail } from "./mailer";
import { outgoingAccountMail } from "./outgoing-account-mail";
import type { WritingTools } from "./write-account-mail";

/**
 * Writes the mail of an invitation at the moment in which it is sent: the link in it is made now, and is in the database
 * only as a hash. Null when the invitation has been accepted meanwhile, or is too old.
 */
export async function writeInvitationMail(
  { pool, clock, settings: { publicUrl } }: WritingTools,
  mail: ClaimedMail,
  invitationId: string,
): Promise<OutgoingMail | null> {
  const sql = poolSql(pool);
  const token = newInvitationToken();
  const tokenHash = hashInvitationToken(token);
  const invitation = await renewMailToken(sql, { id: invitationId, tokenHash, now: clock() });
  if (!invitation) {
    await deleteMail(sql, mail.id);
    return null;
  }
  const link = invitationLink(publicUrl, token);
  const describe = () => describeInvitation({ ...invitation, instanceUrl: publicUrl, link });
  return { ...(await outgoingAccountMail(mail, describe, publicUrl)), secret: token };
}
