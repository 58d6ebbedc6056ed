import "server-only";
import { passwordLinksPerHour } from "@/lib/domain/password-link";
import { spellDuration } from "@/lib/format/duration";
import type { PasswordLinkAsked } from "@/lib/schemas/password-link";
import { AppError } from "@/lib/server/app-error";
import type { RequestOrigin } from "@/lib/server/auth/request-origin";
import { accountKey, addressKey, admitOr429 } from "@/lib/server/auth/throttle";
import { insertAccountMail } from "@/lib/server/db/account-mails";
import { pruneTries } from "@/lib/server/db/sign-in-throttle";
import type { Deps } from "@/lib/server/deps";

/** Many people may share an office's address; after them it is a minute at first. */
const addressFree = { freeFailures: 20, firstWaitSeconds: 60 };
const accountFree = {
  freeFailures: passwordLinksPerHour,
  firstWaitSeconds: 3_600,
  longestWaitSeconds: 3_600,
};

/**
 * Has a link mailed by which the password of an account is chosen. `email` is in lower case, and nobody looks here whether
 * there is an account with it: what is sent, and written into the audit log, turns out when the mail is written. Throws
 * 409 where there is no mail server, and 429 when it was asked too often, for the account or from the address.
 */
export async function requestPasswordLink(
  deps: Deps,
  { email }: { email: string },
  { address, userAgent }: RequestOrigin,
): Promise<PasswordLinkAsked> {
  if (deps.mailer === null) {
    throw new AppError(409, "This instance sends no mail. Whoever runs it can make a link for you.");
  }
  const from = addressKey("password-link", address);
  if (from) await admitOr429(deps, { key: from, ...addressFree }, tooManyFromHere);
  await admitOr429(deps, { key: accountKey("password-link", email), ...accountFree }, tooManyForOne);
  const now = deps.clock();
  await pruneTries(deps.sql, now);
  await insertAccountMail(deps.sql, {
    id: deps.newId(),
    kind: "password_link",
    recipient: email,
    userId: null,
    origin: { address, userAgent },
    createdAt: now,
  });
  return { email };
}

const tooManyFromHere = (waitSeconds: number) =>
  `Too many links were asked for from where you are. Wait ${spell(waitSeconds)} and try again.`;
const tooManyForOne = (waitSeconds: number) =>
  `Several links were asked for with this address already. Take the one in the newest mail, or wait ${spell(waitSeconds)}.`;
/** In minutes, rounded up: nobody counts the seconds of an hour. */
const spell = (seconds: number) => spellDuration(Math.ceil(seconds / 60) * 60_000);
