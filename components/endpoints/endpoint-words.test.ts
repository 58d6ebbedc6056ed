import { expect, it } from "vitest";
import { isDisabledByRules, spellConsequences, spellSubscription } from "./endpoint-words";

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

it.each([
  [{ preset: "chronic" }, "Probation after 1 day of nothing but failures, disabled after 3 days"],
  [
    { preset: "chronic", probationAfterSeconds: 7_200 },
    "Probation after 2 hours of nothing but failures, disabled after 3 days",
  ],
  [{ preset: "streak", window: 20 }, "Warning at 5 failures of the last 20, disabled at 10 in a row"],
  [{ preset: "volume" }, "Disabled at 50 failures in a row"],
] as const)("says what failures lead to by the policy %j", (failurePolicy, sentence) => {
  const chronic = { probationAfterMs: 24 * 3_600_000, disableAfterMs: 72 * 3_600_000 };
  expect(spellConsequences({ failurePolicy, onGone: "retry" }, chronic)).toBe(sentence);
  expect(spellConsequences({ failurePolicy, onGone: "disable" }, chronic)).toBe(
    `${sentence}; at once by a 410`,
  );
});
