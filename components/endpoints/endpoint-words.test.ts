import { expect, it } from "vitest";
import { isDisabledByRules, spellSubscription } from "./endpoint-words";

it("spells a subscription in a few words", () => {
  expect(spellSubscription(["*"])).toBe("Everything");
  expect(spellSubscription(["scheduling.*"])).toBe("scheduling.*");
  expect(spellSubscription(["a.b", "c.d", "e.*"])).toBe("a.b and 2 more");
});

it("tells what the rules switched off from what a person did", () => {
  expect(isDisabledByRules("disabled", "chronic_failure")).toBe(true);
  expect(isDisabledByRules("disabled", "manual")).toBe(false);
  expect(isDisabledByRules("disabled", "created")).toBe(false);
  expect(isDisabledByRules("active", "validated")).toBe(false);
});
