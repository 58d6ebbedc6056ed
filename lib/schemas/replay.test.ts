import { expect, it } from "vitest";
import { ReplayIn } from "./replay";

const since = "2026-01-31T09:30:00Z";

it("takes a scope in any case", () => {
  expect(ReplayIn.parse({ since, scope: "FAILED" }).scope).toBe("failed");
});

it.each([
  [{ scope: undefined }, "scope", 'must be one of "failed", "missed", "all"'],
  [{ scope: "everything" }, "scope", 'must be one of "failed", "missed", "all"'],
  [{ scope: 7 }, "scope", 'must be one of "failed", "missed", "all"'],
  [{ eventTypes: "orders.*" }, "eventTypes", "must be a list of event types"],
  [{ eventTypes: [""] }, "eventTypes.0", "must not be empty"],
  [{ eventTypes: Array(201).fill("orders.*") }, "eventTypes", "must have at most 200 event types"],
])("refuses %j in words for people", (given, path, message) => {
  const issues = ReplayIn.safeParse({ since, scope: "all", ...given }).error?.issues ?? [];
  expect(issues.map((issue) => [issue.path.join("."), issue.message])).toEqual([[path, message]]);
});
