"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ActionResult, FormState } from "@/lib/schemas/action-result";
import { AcceptInvitationIn, InvitationLinkIn, JoinIn } from "@/lib/schemas/member";
import { type PasswordLinkAsked, PasswordLinkIn, PasswordResetIn } from "@/lib/schemas/password-link";
import { SetUpIn, SignInIn } from "@/lib/schemas/set-up";
import { findKeptInvitation, keepInvitation } from "@/lib/server/auth/kept-invitation";
import { requestOrigin } from "@/lib/server/auth/request-origin";
import { returnPath } from "@/lib/server/auth/return-path";
import { requireUser } from "@/lib/server/auth/session";
import { startSession } from "@/lib/server/auth/session-cookie";
import { guestAction } from "@/lib/server/http/guest-action";
import { formAction } from "@/lib/server/http/user-action";
import { acceptInvitation, joinOrganization, joinSignedIn } from "@/lib/server/use-cases/accept-invitation";
import { requestPasswordLink } from "@/lib/server/use-cases/request-password-link";
import { resetPassword } from "@/lib/server/use-cases/reset-password";
import { setUpInstance } from "@/lib/server/use-cases/set-up-instance";
import { signIn } from "@/lib/server/use-cases/sign-in";

/** Signs in and goes where the person wanted to go. */
export async function signInAction(
  _previous: ActionResult | null,
  form: FormData,
): Promise<ActionResult<never>> {
  return guestAction(SignInIn, form, async ({ deps, input }) => {
    const origin = requestOrigin(await headers());
    await startSession(deps, await signIn(deps, { ...input, ...origin }));
    redirect(returnPath(input.next));
  });
}

/** Creates the first admin and signs them in. */
export async function setUpAction(
  _previous: ActionResult | null,
  form: FormData,
): Promise<ActionResult<never>> {
  return guestAction(SetUpIn, form, async ({ deps, input }) => {
    await startSession(deps, await setUpInstance(deps, input, requestOrigin(await headers())));
    redirect("/");
  });
}

/** Makes the account of an invited person and signs them in. */
export async function acceptInvitationAction(
  _previous: ActionResult | null,
  form: FormData,
): Promise<ActionResult<never>> {
  return guestAction(AcceptInvitationIn, form, async ({ deps, input }) => {
    await startSession(deps, await acceptInvitation(deps, input, requestOrigin(await headers())));
    redirect("/");
  });
}

/** Adds a person who has an account to the organization that invited them, and signs them in to it. */
export async function joinOrganizationAction(
  _previous: ActionResult | null,
  form: FormData,
): Promise<ActionResult<never>> {
  return guestAction(JoinIn, form, async ({ deps, input }) => {
    await startSession(deps, await joinOrganization(deps, input, requestOrigin(await headers())));
    redirect("/");
  });
}

/** Adds the person who is signed in to the organization that invited them, and goes on with their session there. */
export const joinSignedInAction = formAction(InvitationLinkIn, async ({ deps, input }) => {
  const user = await requireUser();
  await startSession(deps, await joinSignedIn(deps, user, input), user);
  redirect("/");
});

/** Leaves an invitation to set a forgotten password, so that one comes back to it afterwards. */
export async function leaveInvitationAction(
  _previous: ActionResult | null,
  form: FormData,
): Promise<ActionResult<never>> {
  return guestAction(InvitationLinkIn, form, async ({ deps, input }) => {
    await keepInvitation(deps, input.token);
    redirect("/forgot-password");
  });
}

/** Has a link mailed by which a forgotten password is replaced. */
export async function requestPasswordLinkAction(
  _previous: FormState<PasswordLinkAsked> | null,
  form: FormData,
): Promise<FormState<PasswordLinkAsked>> {
  const result = await guestAction(PasswordLinkIn, form, async ({ deps, input }) =>
    requestPasswordLink(deps, input, requestOrigin(await headers())),
  );
  return { result, entered: { email: String(form.get("email") ?? "") } };
}

/** Chooses a password by a link, signs its owner in, and goes back to the invitation that was left for it. */
export async function resetPasswordAction(
  _previous: ActionResult | null,
  form: FormData,
): Promise<ActionResult<never>> {
  return guestAction(PasswordResetIn, form, async ({ deps, input }) => {
    const { email, claims } = await resetPassword(deps, input, requestOrigin(await headers()));
    if (claims) await startSession(deps, claims);
    const left = await findKeptInvitation(deps);
    redirect(left?.email === email ? left.path : "/");
  });
}
