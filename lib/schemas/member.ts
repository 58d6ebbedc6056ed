import { z } from "zod";
import type { NoticeState } from "@/lib/domain/notice";
import { idIn } from "./public-id";
import { emailIn, lastNameIn, nameIn, newPasswordIn } from "./person";

export const roles = ["developer", "admin"] as const;
export const RoleIn = z.enum(roles, "must be developer or admin");
export type MemberRole = (typeof roles)[number];

export const roleDescriptions: Record<MemberRole, string> = {
  developer: "Endpoints, logs, events and replays",
  admin: "Also members, API keys and settings",
};

export const InvitationIn = z.strictObject({ email: emailIn, role: RoleIn });
export type InvitationIn = z.output<typeof InvitationIn>;

export const InvitationId = z.strictObject({ id: z.uuid() });
export const MemberId = z.strictObject({ userId: idIn("user") });
export const MemberRolePatch = z.strictObject({ userId: idIn("user"), role: RoleIn });

/** Someone without an account gives a name and chooses a password; someone with one proves it. */
export const AcceptInvitationIn = z.strictObject({
  token: z.string().max(200),
  firstName: nameIn("The first name"),
  lastName: lastNameIn,
  password: newPasswordIn,
});
export const InvitationLinkIn = z.strictObject({ token: z.string().max(200) });
export const JoinIn = z.strictObject({ token: z.string().max(200), password: z.string().max(1_000) });

/** Timestamps are ISO 8601. */
export interface MemberOut {
  userId: string;
  email: string;
  name: string;
  role: MemberRole;
  isOperator: boolean;
  joinedAt: string;
  lastSignInAt: string | null;
}

export interface InvitationOut {
  id: string;
  email: string;
  role: MemberRole;
  expiresAt: string;
  isExpired: boolean;
  /** Null where there was no mail server. */
  mail: { state: NoticeState; lastError: string | null } | null;
}

/** What becomes of an invitation that was made. */
export interface InvitedOut {
  email: string;
  /** Shown this once. */
  link: string;
  /** There is a mail server, and it is told to bring a link of its own. */
  isMailed: boolean;
}

/** What the invitation's page shows before it is accepted. */
export interface OpenInvitationOut {
  email: string;
  role: MemberRole;
  organizationName: string;
  /** The person has an account on this instance and joins with its password. */
  hasAccount: boolean;
}
