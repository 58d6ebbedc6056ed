import "server-only";
import type { RequestOrigin } from "@/lib/server/auth/request-origin";
import { insertAccountMail, withdrawLinkMails } from "@/lib/server/db/account-mails";
import { deletePasswordLink } from "@/lib/server/db/password-links";
import type { Sql } from "@/lib/server/db/sql";
import type { Deps } from "@/lib/server/deps";

/**
 * What every new password brings with it, in its transaction and after the account was written: no link that was made or
 * asked for before it works, and its owner is told, where there is a mail server.
 */
export async function followNewPassword(
  sql: Sql,
  deps: Pick<Deps, "mailer" | "newId" | "clock">,
  { userId, email }: { userId: string; email: string },
  { address, userAgent }: RequestOrigin,
): Promise<void> {
  await deletePasswordLink(sql, userId);
  await withdrawLinkMails(sql, email);
  if (deps.mailer === null) return;
  await insertAccountMail(sql, {
    ...{ id: deps.newId(), kind: "password_changed", recipient: email, userId },
    origin: { address, userAgent },
    createdAt: deps.clock(),
  });
}
