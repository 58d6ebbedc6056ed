import { expect, it } from "vitest";
import { spellRemaining } from "@/components/ui/spell-remaining";

it.each([
  [-1, null],
  [0, null],
  [1, "1 s"],
  [9_000, "9 s"],
  [59_001, "1 min 00 s"],
  [245_000, "4 min 05 s"],
  [2 * 3_600_000 + 14 * 60_000, "2 h 14 min"],
  [27 * 3_600_000, "1 d 03 h"],
])("spells %d ms as %s", (ms, text) => {
  expect(spellRemaining(ms)).toBe(text);
});
