import { z } from "zod";
import { emailIn, lastNameIn, nameIn, newPasswordIn } from "./person";

/** What the first admin enters. */
export const SetUpIn = z.strictObject({
  token: z.string().max(200),
  organizationName: nameIn("The name"),
  firstName: nameIn("The first name"),
  lastName: lastNameIn,
  email: emailIn,
  password: newPasswordIn,
});
export type SetUpIn = z.output<typeof SetUpIn>;

export const SignInIn = z.strictObject({
  email: z.string().max(254),
  password: z.string().max(1_000),
  /** The page that was wanted before sign-in. */
  next: z.string().max(2_000).optional(),
});
