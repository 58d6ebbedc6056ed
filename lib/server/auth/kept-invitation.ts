import "server-only";
import { cookies } from "next/headers";
import type { Deps } from "@/lib/server/deps";
import { invitationNotUsable, readInvitation } from "@/lib/server/use-cases/accept-invitation";
import { usesSecureCookies } from "./auth-options";

const cookieName = "posthorn-invitation";
/** A mail may take its time, and so may whoever is asked to make a link. */
const keptSeconds = 24 * 3_600;

export interface KeptInvitation {
  /** Of the invitation's page, with its token. */
  path: string;
  email: string;
}

/** Remembers in this browser which invitation was left to set a password. Only in a server action. Throws 409. */
export async function keepInvitation(deps: Deps, token: string): Promise<void> {
  if (!(await readInvitation(deps, token))) throw invitationNotUsable();
  (await cookies()).set(cookieName, token, {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    secure: usesSecureCookies(deps.env),
    maxAge: keptSeconds,
  });
}

/** The way back to it, or null when none was left or it does not work any more. */
export async function findKeptInvitation(deps: Deps): Promise<KeptInvitation | null> {
  const token = (await cookies()).get(cookieName)?.value;
  const invitation = token ? await readInvitation(deps, token) : null;
  return token && invitation
    ? { path: `/invitation?token=${encodeURIComponent(token)}`, email: invitation.email }
    : null;
}
