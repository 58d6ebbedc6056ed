import { describe, expect, it } from "vitest";
import { z } from "zod";
import { EventIn, EventListQuery } from "@/lib/schemas/event";

const event = { eventType: "invoice.paid", data: { id: "inv_1" } };

describe("EventIn", () => {
  it.each([
    [{ eventType: "invoice" }, ["eventType"]],
    [{ eventType: undefined }, ["eventType"]],
    [{ data: undefined }, ["data"]],
    [{ data: null }, ["data"]],
    [{ data: "text" }, ["data"]],
    [{ data: [] }, ["data"]],
    [{ eventTimestamp: "2026-03-01" }, ["eventTimestamp"]],
    [{ eventTimestamp: "2026-02-30T00:00:00Z" }, ["eventTimestamp"]],
    [{ eventTimestamp: "1969-12-31T23:59:59Z" }, ["eventTimestamp"]],
    [{ eventTimestamp: 1772359200 }, ["eventTimestamp"]],
  ])("does not take %j", (changes, path) => {
    expect(EventIn.safeParse({ ...event, ...changes }).error?.issues).toMatchObject([{ path }]);
  });

  it("passes data on as it is", () => {
    const data: unknown = JSON.parse('{"b":1,"__proto__":{"x":1}}');
    expect(EventIn.parse({ ...event, data }).data).toBe(data);
  });

  it("can be described as JSON Schema", () => {
    expect(z.toJSONSchema(EventIn, { io: "input" })).toMatchObject({
      properties: { data: { type: "object" }, eventTimestamp: { type: "string" } },
      required: ["eventType", "data"],
    });
  });
});

describe("EventListQuery", () => {
  it.each([
    { eventType: "a\u0000" },
    { since: "yesterday" },
    { limit: "0" },
    { limit: "201" },
    { unknown: "1" },
  ])("does not take %j", (query) => {
    expect(EventListQuery.safeParse(query).success).toBe(false);
  });
});
