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
export const storableJsonObject = jsonObject
  .refine(
    (value) => isStorableText(JSON.stringify(value).replace(/\\\\/g, "").replace(/\\u0000/g, "\u0000")),
    "must not contain NUL",
  )
  .refine(
    (value) => !/\\ud[89a-f]/.test(JSON.stringify(value).replace(/\\\\/g, "")),
    "must not contain half of a surrogate pair",
  );
