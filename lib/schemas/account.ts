import { z } from "zod";
import { idIn } from "./public-id";
import { signInProviderIds } from "./sign-in-provider";
import { lastNameIn, nameIn, newPasswordIn } from "./person";

export const ProfilePatch = z.strictObject({
  firstName: nameIn("The first name"),
  lastName: lastNameIn,
});

export const PasswordPatch = z.strictObject({
  currentPassword: z.string().max(1_000),
  newPassword: newPasswordIn,
});

export const ProviderDisconnect = z.strictObject({
  provider: z.enum(signInProviderIds),
  currentPassword: z.string().max(1_000),
});

export const OrganizationId = z.strictObject({ id: idIn("organization") });
