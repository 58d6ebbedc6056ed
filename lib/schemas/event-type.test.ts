import { describe, expect, it } from "vitest";
import { z } from "zod";
import { EventTypeIn, EventTypePatch } from "@/lib/schemas/event-type";

const paid = { name: "invoice.paid", schema: { type: "object" }, example: { id: "inv_1" } };

describe("EventTypeIn", () => {
  it.each([
    "invoice",
    "Invoice.paid",
    "webhook.mine",
    "developer.x",
    "scheduling.x.y",
    "organization.x",
    "a..b",
    "a.b\u0000",
  ])("does not take the name %j", (name) => {
    expect(EventTypeIn.safeParse({ ...paid, name }).error?.issues[0]?.path).toEqual(["name"]);
  });

  it.each([
    { description: "a\u0000" },
    { example: { id: "\ud800" } },
    { example: { "a\u0000": 1 } },
    { example: { n: Infinity } },
    { example: [] },
    { schema: true },
    { schema: undefined },
    { builtIn: true },
  ])("does not take %j", (changes) => {
    expect(EventTypeIn.safeParse({ ...paid, ...changes }).success).toBe(false);
  });

  it("passes schema and example on as they are, a member called __proto__ included", () => {
    const example: unknown = JSON.parse('{"b":1,"a":2,"__proto__":{"x":1}}');
    const parsed = EventTypeIn.parse({ ...paid, example });
    expect(JSON.stringify(parsed.example)).toBe('{"b":1,"a":2,"__proto__":{"x":1}}');
  });

  it("can be described as JSON Schema", () => {
    expect(z.toJSONSchema(EventTypeIn, { io: "input" })).toMatchObject({
      properties: { schema: { type: "object" }, example: { type: "object" } },
      required: ["name", "schema", "example"],
    });
  });
});

describe("EventTypePatch", () => {
  it("takes nothing as no change, and never a name", () => {
    expect(EventTypePatch.parse({})).toEqual({});
    expect(EventTypePatch.safeParse({ name: "invoice.sent" }).success).toBe(false);
  });
});
