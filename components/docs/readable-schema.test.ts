import { expect, it } from "vitest";
import { readableSchema } from "@/components/docs/readable-schema";

it("shows what may be null as one type, wherever it stands", () => {
  const schema = {
    type: "object",
    properties: {
      timeoutSeconds: { anyOf: [{ type: "integer", maximum: 30 }, { type: "null" }], description: "`s`" },
    },
  };
  expect(readableSchema(schema)).toEqual({
    type: "object",
    properties: { timeoutSeconds: { type: ["integer", "null"], maximum: 30, description: "s" } },
  });
});

it("leaves real alternatives alone, and drops a pattern only beside a format", () => {
  const either = { anyOf: [{ type: "string" }, { type: "integer" }] };
  expect(readableSchema(either)).toEqual(either);
  expect(readableSchema({ type: "string", format: "date-time", pattern: "^x" })).toEqual({
    type: "string",
    format: "date-time",
  });
  expect(readableSchema({ type: "string", pattern: "^x" })).toEqual({ type: "string", pattern: "^x" });
});
