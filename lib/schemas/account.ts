import { z } from "zod";
import { idIn } from "./public-id";
import { lastNameIn, nameIn, newPasswordIn } from "./person";

export const ProfilePatch = z.strictObject({
  firstName: nameIn("The first name"),
  lastName: lastNameIn,
});

export const PasswordPatch = z.strictObject({
  currentPassword: z.string().max(1_000),
  newPassword: newPasswordIn,
});

export const OrganizationPatch = z.strictObject({ name: nameIn("The name") });
export const OrganizationId = z.strictObject({ id: idIn("organization") });
