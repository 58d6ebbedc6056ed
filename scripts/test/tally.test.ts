import { expect, it } from "vitest";
import { add, honest } from "./tally.ts";

it("adds parts up", () => {
  expect(add({ passed: 1, failed: 2 }, { passed: 3, failed: 4 })).toEqual({ passed: 4, failed: 6 });
});

it.each([
  ["a clean run", { passed: 5, failed: 0 }, 0, { passed: 5, failed: 0 }],
  ["failing tests", { passed: 5, failed: 2 }, 1, { passed: 5, failed: 2 }],
  ["a file that did not load", { passed: 5, failed: 0 }, 1, { passed: 5, failed: 1 }],
  ["a run that was killed", { passed: 0, failed: 0 }, null, { passed: 0, failed: 1 }],
  ["failures that the exit code hides", { passed: 5, failed: 1 }, 0, { passed: 5, failed: 1 }],
])("counts %s honestly", (_, counted, exitCode, expected) => {
  expect(honest(counted, exitCode)).toEqual(expected);
});
