import { z } from "zod";

/** One of a few words, in any case: `"DISABLED"` is `"disabled"` (contract, section 4). */
export function choiceIn<const Values extends readonly [string, ...string[]]>(values: Values) {
  const words = values.map((value) => JSON.stringify(value));
  return z.preprocess(
    (value) => (typeof value === "string" ? value.toLowerCase() : value),
    z.enum(values, { error: `must be ${words.length > 1 ? "one of " : ""}${words.join(", ")}` }),
  );
}
