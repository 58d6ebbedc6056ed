import { browserName } from "./browser-name";
import { utcMinute } from "./utc-minute";

interface Occasion {
  /** Whose account it is. */
  email: string;
  /** Public base URL of the instance. */
  instanceUrl: string;
  /** Where the request came from that is the reason for the mail. */
  address: string | null;
  userAgent: string | null;
  /** When it came. */
  at: Date;
}

export type AccountMailSubject = Occasion &
  (
    | {
        kind: "password_link";
        link: string;
        expiresAt: Date;
        /** False: the account has been signed in to by another provider only. */
        hasPassword: boolean;
      }
    | { kind: "password_changed" }
  );

export type AccountMailKind = AccountMailSubject["kind"];

/** A mail about somebody's own account in words, before it is laid out. */
export interface AccountMailText {
  subject: string;
  heading: string;
  /** Full sentences. */
  what: string;
  facts: { label: string; value: string }[];
  next: string;
  action: { label: string; href: string };
  /** What to do for somebody who knows nothing of it. */
  otherwise: string;
  /** Why it came to this address. */
  why: string;
}

export function describeAccountMail(about: AccountMailSubject): AccountMailText {
  const { email, instanceUrl, address, userAgent, at } = about;
  const instance = instanceName(instanceUrl);
  const { asked, ...words } = wordsFor(about, instance);
  return {
    ...words,
    facts: [
      { label: "Account", value: email },
      { label: "Instance", value: instance },
      { label: asked, value: utcMinute(at) },
      { label: "From", value: address ?? "an address that is not known" },
      { label: "With", value: browserName(userAgent) },
    ],
    why: `You receive this because you have an account on ${instance}.`,
  };
}

type Words = Omit<AccountMailText, "facts" | "why"> & { asked: string };

function wordsFor(about: AccountMailSubject, instance: string): Words {
  if (about.kind === "password_changed") {
    return {
      subject: `Your password was changed on ${instance}`,
      heading: "Your password was changed",
      what: "Your account has a new password, and your other sessions have ended.",
      asked: "Changed at",
      next: "If that was you, there is nothing to do.",
      otherwise: "If it was not you, set a new password now, and tell an admin of your organization.",
      action: { label: "It was not me", href: `${about.instanceUrl}/forgot-password` },
    };
  }
  const which = about.hasPassword ? "a new password" : "a password";
  return {
    subject: `Set ${which} on ${instance}`,
    heading: `Set ${which}`,
    what: `Somebody asked for a link to set ${which} for your account.`,
    asked: "Asked at",
    next: `The link works once, until ${utcMinute(about.expiresAt)}. A newer one takes its place.`,
    otherwise: "If it was not you, do nothing: nothing changes, and the link ends by itself.",
    action: { label: `Set ${which}`, href: about.link },
  };
}

/** Under which an instance is known: the host of its address. */
export function instanceName(url: string): string {
  return URL.parse(url)?.host ?? url;
}
