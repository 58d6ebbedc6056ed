import { describe, expect, it } from "vitest";
import { evidenceOf } from "@/components/review/review-words";
import type { ReviewItem } from "@/lib/schemas/review";

const item = (changes: Partial<ReviewItem>) =>
  ({ reason: "probation", statusReason: null, lastError: null, ...changes }) as ReviewItem;

describe("evidenceOf", () => {
  it("keeps the endpoint's own sentence and does not repeat an error that it names", () => {
    const statusReason = "Nothing but failures. Last error: Answered 500.";
    expect(evidenceOf(item({ statusReason, lastError: "Answered 500" }))).toBe(statusReason);
  });

  it("adds the last error where the sentence does not name it", () => {
    expect(evidenceOf(item({ statusReason: "Gone.", lastError: "Answered 410." }))).toBe(
      "Gone. Last error: Answered 410.",
    );
  });

  it("explains a validation, which has no sentence of its own", () => {
    const evidence = evidenceOf(item({ reason: "stuck_validating", lastError: "Answered 503" }));
    expect(evidence).toBe("Its test has not been answered as expected yet. Last error: Answered 503.");
  });
});
