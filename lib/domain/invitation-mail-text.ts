import { type AccountMailText, instanceName } from "./account-mail-text";
import { utcMinute } from "./utc-minute";

export interface InvitationMailSubject {
  organizationName: string;
  role: "developer" | "admin";
  /** Name and address of who invites; null when their account is gone. */
  invitedBy: { name: string; email: string } | null;
  /** Public base URL of the instance. */
  instanceUrl: string;
  link: string;
  expiresAt: Date;
}

/** Longest name in a subject; the mail itself has it whole. */
const subjectNameMax = 60;

/** An invitation in words, before it is laid out. */
export function describeInvitation(about: InvitationMailSubject): AccountMailText {
  const { organizationName, role, invitedBy, instanceUrl, link, expiresAt } = about;
  const instance = instanceName(instanceUrl);
  const who = invitedBy?.name || "An admin";
  return {
    subject: `${short(who)} invites you to ${short(organizationName)} on ${instance}`,
    heading: `Join ${organizationName}`,
    what: `${who} invites you to look after the webhooks of ${organizationName}: where they are sent, and what became of each.`,
    facts: [
      { label: "Organization", value: organizationName },
      { label: "Your role", value: role === "admin" ? "Admin" : "Developer" },
      { label: "Invited by", value: invitedBy?.email ?? "somebody who has left" },
      { label: "Instance", value: instance },
    ],
    next: `The link works once, until ${utcMinute(expiresAt)}. A newer one takes its place.`,
    otherwise: "If you do not know them, do nothing: no account is made until you open the link and make it.",
    action: { label: "Accept the invitation", href: link },
    why: `You receive this because your address was entered on ${instance} for an invitation.`,
  };
}

function short(name: string): string {
  return name.length > subjectNameMax ? `${name.slice(0, subjectNameMax - 1)}…` : name;
}
