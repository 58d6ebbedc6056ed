import "server-only";
import {
  type AccountMailKind,
  type AccountMailSubject,
  describeAccountMail,
} from "@/lib/domain/account-mail-text";
import { noOrigin } from "@/lib/server/auth/request-origin";
import { assignMail, deleteMail } from "@/lib/server/db/account-mails";
import type { ClaimedMail } from "@/lib/server/db/mail-outbox";
import { lockHolderByEmail } from "@/lib/server/db/password-links";
import { sqlTransaction } from "@/lib/server/db/sql";
import type { Engine } from "@/lib/server/delivery/engine";
import { issuePasswordLink } from "@/lib/server/issue-password-link";
import { passwordLink } from "@/lib/server/password-token";
import type { OutgoingMail } from "./mailer";
import { outgoingAccountMail } from "./outgoing-account-mail";

export type WritingTools = Pick<Engine, "pool" | "clock" | "newId" | "settings">;

/**
 * Writes a mail about somebody's own account at the moment in which it is sent: the link in it is made now, and is in
 * the database only as a hash. Null when there is nobody to write to.
 */
export async function writeAccountMail(tools: WritingTools, mail: ClaimedMail): Promise<OutgoingMail | null> {
  const { recipient, createdAt, origin } = mail;
  const instanceUrl = tools.settings.publicUrl;
  const occasion = { email: recipient, instanceUrl, at: createdAt, ...(origin ?? noOrigin) };
  const kind = mail.kind as AccountMailKind;
  const write = (about: AccountMailSubject) =>
    outgoingAccountMail(mail, () => describeAccountMail(about), instanceUrl);
  if (kind === "password_changed") return write({ ...occasion, kind });
  const issued = await issueAskedLink(tools, mail);
  if (!issued) return null;
  const { token, expiresAt, hasPassword } = issued;
  const link = passwordLink(instanceUrl, token);
  return { ...(await write({ ...occasion, kind, link, expiresAt, hasPassword })), secret: token };
}

/** Whose address it is turns out here, where nobody waits who could tell it from the time of an answer. */
async function issueAskedLink(tools: WritingTools, mail: ClaimedMail) {
  return sqlTransaction(tools.pool, async (sql) => {
    const holder = await lockHolderByEmail(sql, mail.recipient);
    if (!holder) {
      await deleteMail(sql, mail.id);
      return null;
    }
    // A password that was chosen meanwhile has withdrawn the mail.
    if (!(await assignMail(sql, mail, holder.id))) return null;
    const isFirstTry = mail.userId === null;
    const entry = { action: "account.password_link_sent", origin: mail.origin ?? noOrigin } as const;
    const issued = await issuePasswordLink(sql, {
      ...{ holder, now: tools.clock(), newId: tools.newId },
      entry: isFirstTry ? entry : null,
    });
    return { ...issued, hasPassword: holder.hasPassword };
  });
}
