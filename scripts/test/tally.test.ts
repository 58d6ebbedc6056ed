import { expect, it } from "vitest";
import { add, honest, oneFailed } from "./tally.ts";

it("adds parts up", () => {
  const [one, other] = [
    { passed: 1, failed: 2, reports: ["a"] },
    { passed: 3, failed: 4, reports: ["b"] },
  ];
  expect(add(one, other)).toEqual({ passed: 4, failed: 6, reports: ["a", "b"] });
});

it.each([
  ["a clean run", { passed: 5, failed: 0 }, 0, { passed: 5, failed: 0 }],
  ["failing tests", { passed: 5, failed: 2 }, 1, { passed: 5, failed: 2 }],
  ["a file that did not load", { passed: 5, failed: 0 }, 1, { passed: 5, failed: 1 }],
  ["a run that was killed", { passed: 0, failed: 0 }, null, { passed: 0, failed: 1 }],
  ["failures that the exit code hides", { passed: 5, failed: 1 }, 0, { passed: 5, failed: 1 }],
])("counts %s honestly", (_, counted, exitCode, expected) => {
  const { reports, ...counts } = honest(counted, { exitCode, output: "what was printed\n" });
  expect(counts).toEqual(expected);
  expect(reports).toEqual(counts.failed === 0 ? [] : ["what was printed"]);
});

it("keeps the last lines of a failure, which tell what failed", () => {
  const lines = Array.from({ length: 5_000 }, (_, number) => `line ${number}`);
  const { failed, reports } = oneFailed(lines.join("\n"));
  expect(failed).toBe(1);
  expect(reports[0]?.split("\n")).toEqual(lines.slice(-100));
});
