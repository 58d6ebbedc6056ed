import { expect, it } from "vitest";
import { differenceRows } from "./audit-difference";

it("pairs what was before and after by field, through objects, with lists as a whole", () => {
  const before = {
    url: "https://old.example",
    policy: { preset: "chronic" },
    eventTypes: ["a", "b"],
    gone: 1,
  };
  const after = {
    url: "https://new.example",
    policy: { preset: "streak", window: 5 },
    eventTypes: [],
    note: "",
  };
  expect(differenceRows(before, after)).toEqual([
    { field: "url", before: "https://old.example", after: "https://new.example" },
    { field: "policy.preset", before: "chronic", after: "streak" },
    { field: "eventTypes", before: '["a","b"]', after: "[]" },
    { field: "gone", before: "1", after: null },
    { field: "policy.window", before: null, after: "5" },
    { field: "note", before: null, after: "" },
  ]);
});

it("shows what has only one side, and nothing for neither", () => {
  expect(differenceRows(null, { name: "Shop", filter: null, empty: {} })).toEqual([
    { field: "name", before: null, after: "Shop" },
    { field: "filter", before: null, after: "null" },
    { field: "empty", before: null, after: "{}" },
  ]);
  expect(differenceRows(null, null)).toEqual([]);
});
