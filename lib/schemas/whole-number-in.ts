import { z } from "zod";

/** A number in an address, which is text there. In decimal digits alone: `Number` also reads `1e2`, `0x10` and blanks. */
export function wholeNumberIn(smallest: number, largest: number) {
  return z.preprocess(
    (value) => (typeof value === "string" && /^-?\d{1,15}$/.test(value) ? Number(value) : value),
    z
      .int("must be a whole number")
      .min(smallest, `must be at least ${smallest}`)
      .max(largest, `must be at most ${largest}`),
  );
}
