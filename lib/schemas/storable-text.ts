import { z } from "zod";

/** PostgreSQL stores every character but NUL, and UTF-8 has no half of a surrogate pair. */
export function isStorableText(text: string): boolean {
  return !text.includes("\u0000") && text.isWellFormed();
}

/** Text for a column, kept as it is. */
export function storableText(lengthMax: number) {
  return z
    .string("must be text")
    .max(lengthMax, `must have at most ${lengthMax} characters`)
    .refine(isStorableText, "must not contain NUL or half of a surrogate pair");
}

/**
 * Embeddings, overrides and isolates of Unicode's bidirectional algorithm: what follows one reads as something else, in
 * the sentence around it as well. Marks (U+200E, U+200F) turn nothing around, and right-to-left names need them.
 */
const turning = /[\u202a-\u202e\u2066-\u2069]/;

/** Whether a line reads in the order in which it is stored. */
export function isPlainDirection(line: string): boolean {
  return !turning.test(line);
}

/** A line that a person types, without the space around it. */
export function lineIn(lengthMax: number) {
  return z
    .string("must be text")
    .trim()
    .max(lengthMax, `must have at most ${lengthMax} characters`)
    .refine(isStorableText, "must not contain NUL characters or half a surrogate pair")
    .refine((line) => !/[\r\n]/.test(line), "must be one line")
    .refine(isPlainDirection, "must not contain characters that turn the direction of text");
}

/** A JSON object, passed on untouched: a copy would lose a member that is called `__proto__`. */
export const jsonObject = z
  .unknown()
  .refine(
    (value): value is Readonly<Record<string, unknown>> =>
      typeof value === "object" && value !== null && !Array.isArray(value),
    "must be a JSON object",
  )
  .transform((value) => value as Readonly<Record<string, unknown>>)
  .meta({ type: "object" });

/** A JSON object for a jsonb column, which refuses what text columns refuse, wherever it stands inside. */
export const storableJsonObject = jsonObject.refine(
  isStorable,
  "must not contain NUL, half of a surrogate pair, or a number beyond what a double holds",
);

/** Whether a JSON value is one that jsonb keeps as it is. */
export function isStorable(value: unknown): boolean {
  if (typeof value === "string") return isStorableText(value);
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, member]) => isStorableText(key) && isStorable(member));
}
