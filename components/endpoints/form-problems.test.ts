import { expect, it } from "vitest";
import { hasProblems, problemsOf } from "./form-problems";

const problems = problemsOf({
  ok: false,
  message: "",
  errors: [
    { path: "url", message: "must be a URL" },
    { path: "retrySchedule[1]", message: "must be a duration" },
    { path: "headers.Host", message: "is reserved" },
    { path: "headersOfOthers", message: "is something else" },
  ],
});

it("gives each field its own problems and those of its parts, and nobody else's", () => {
  expect(problems("url")).toEqual(["Must be a URL"]);
  expect(problems("retrySchedule")).toEqual(["Entry 2 must be a duration"]);
  expect(problems("headers")).toEqual(["Host is reserved"]);
  expect(problems("filter")).toEqual([]);
});

it("knows which part of a form has to be shown", () => {
  expect(hasProblems(problems, ["filter", "headers"])).toBe(true);
  expect(hasProblems(problems, ["filter", "description"])).toBe(false);
  expect(hasProblems(problemsOf(null), ["url"])).toBe(false);
});
