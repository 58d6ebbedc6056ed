import { z } from "zod";
import { isPlainDirection } from "./storable-text.ts";

/** E-mail addresses are stored and compared in lower case. */
export function normalizeEmail(text: string): string {
  return text.trim().toLowerCase();
}

export const emailIn = z
  .string()
  .transform(normalizeEmail)
  .pipe(
    z
      .string()
      .max(254, "must have at most 254 characters")
      .regex(/^[^\s\p{Cc}\p{Cs}@]+@[^\s\p{Cc}\p{Cs}@]+$/u, "must be an e-mail address")
      .refine(isPlainDirection, "must be an e-mail address")
      // No script stacks as many marks on one letter; dozens of them reach over the lines around it.
      .refine((address) => !/\p{M}{5}/u.test(address), "must be an e-mail address"),
  );

/** Long enough to be hard to guess, short enough that hashing it costs the same as any other. */
export const newPasswordIn = z
  .string()
  .min(12, "must have at least 12 characters")
  .max(200, "must have at most 200 characters");

/** Not everyone has one. */
export const lastNameIn = z
  .string()
  .trim()
  .max(100, "must have at most 100 characters")
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, "must not contain control characters")
  .refine(isPlainDirection, "must not contain control characters");

export const nameIn = (what: string) =>
  z
    .string()
    .trim()
    .min(1, `${what} must not be empty`)
    .max(100, "must have at most 100 characters")
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, "must not contain control characters")
    .refine(isPlainDirection, "must not contain control characters");
