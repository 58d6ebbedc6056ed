import { z } from "zod";
import { emailIn, newPasswordIn } from "./person";

/** Somebody who has forgotten the password says whose it is. */
export const PasswordLinkIn = z.strictObject({ email: emailIn });

/** Whoever has the link chooses the next one. */
export const PasswordResetIn = z.strictObject({ token: z.string().max(200), password: newPasswordIn });

/** What the link's page shows before it is used. */
export interface PasswordLinkOut {
  email: string;
  /** False: there was none that anybody knew. */
  hasPassword: boolean;
}

/** The page says the same whether there is such an account or not. */
export interface PasswordLinkAsked {
  email: string;
}
