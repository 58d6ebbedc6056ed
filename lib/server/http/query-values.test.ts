import { expect, it } from "vitest";
import { queryValues } from "./query-values";

const read = (query: string) => queryValues(new URL(`http://x/api/v1/events${query}`));

it("reads each parameter, decoded", () => {
  expect(read("?eventType=a.b&since=2026-01-31T09%3A30%3A00Z&cursor=")).toEqual({
    eventType: "a.b",
    since: "2026-01-31T09:30:00Z",
    cursor: "",
  });
  expect(read("")).toEqual({});
});

it("refuses a parameter that comes twice by its name, instead of answering for its last value alone", () => {
  expect(() => read("?eventType=a.b&limit=1&eventType=c.d&limit=1")).toThrow(
    expect.objectContaining({
      status: 422,
      errors: [
        { path: "eventType", message: "is given more than once" },
        { path: "limit", message: "is given more than once" },
      ],
    }) as Error,
  );
});
