import "server-only";
import type { AccountMailText } from "@/lib/domain/account-mail-text";
import type { ClaimedMail } from "@/lib/server/db/mail-outbox";
import { MailFailure } from "./mail-failure";
import type { OutgoingMail } from "./mailer";

/**
 * A mail about somebody's own account, laid out. Throws MailFailure where that cannot be done: the next try would fail
 * alike, so there is none.
 */
export async function outgoingAccountMail(
  { id, recipient, attempts }: ClaimedMail,
  describe: () => AccountMailText,
  instanceUrl: string,
): Promise<OutgoingMail> {
  // Loaded at the first mail: the template library is large, and a process may never need it. Outside of the fence,
  // because what cannot be loaded says nothing about this mail.
  const { renderAccountMail } = await import("./render-mail");
  try {
    // Each try is another mail: only the link of the last one works.
    return { id: `${id}.${attempts}`, recipient, ...(await renderAccountMail(describe(), instanceUrl)) };
  } catch (error) {
    throw new MailFailure("The mail could not be written", true, false, { cause: error });
  }
}
