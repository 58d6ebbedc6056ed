"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { OrganizationId, PasswordPatch, ProfilePatch, ProviderDisconnect } from "@/lib/schemas/account";
import { requireUser } from "@/lib/server/auth/session";
import { startSession } from "@/lib/server/auth/session-cookie";
import { formAction, userAction } from "@/lib/server/http/user-action";
import {
  changePassword,
  changeProfile,
  disconnectProvider,
  signOutEverywhere,
} from "@/lib/server/use-cases/change-account";
import { requestPasswordLink } from "@/lib/server/use-cases/request-password-link";
import { switchOrganization } from "@/lib/server/use-cases/switch-organization";

export const changeProfileAction = formAction(ProfilePatch, async ({ deps, input }) => {
  await changeProfile(deps, await requireUser(), input);
  revalidatePath("/", "layout");
});

/** Every other session ends; this one goes on. */
export const changePasswordAction = formAction(PasswordPatch, async ({ deps, input }) => {
  await startSession(deps, await changePassword(deps, await requireUser(), input));
});

/** By mail: whoever finds a session open cannot give the account a password of theirs. */
export const requestOwnPasswordLinkAction = formAction(z.strictObject({}), async ({ deps, principal }) => {
  const { email } = await requireUser();
  return requestPasswordLink(deps, { email }, principal);
});

/** Every other session ends; this one goes on. */
export const disconnectProviderAction = formAction(ProviderDisconnect, async ({ deps, input }) => {
  await startSession(deps, await disconnectProvider(deps, await requireUser(), input));
  revalidatePath("/account");
});

export const signOutEverywhereAction = userAction(z.strictObject({}), async ({ deps }) => {
  await signOutEverywhere(deps, await requireUser());
  redirect("/sign-in");
});

export const switchOrganizationAction = formAction(OrganizationId, async ({ deps, input }) => {
  const user = await requireUser();
  await startSession(deps, await switchOrganization(deps, user, input), user);
  redirect("/");
});
