import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { schemaRows } from "@/components/event-types/schema-rows";
import { builtInEventTypes } from "@/lib/domain/catalog/built-in-event-types";

const rowsOf = (properties: object, more: object = {}) => schemaRows({ type: "object", properties, ...more });

describe("schemaRows", () => {
  it("lists each property before its own properties, with paths from the top", () => {
    const rows = rowsOf({
      id: { type: "string" },
      lines: {
        type: "array",
        items: { type: "object", properties: { sku: { type: "string" } }, required: ["sku"] },
      },
      owner: { type: "object", properties: { name: { type: ["string", "null"] } } },
    });
    expect(rows.map(({ path, depth, type, isRequired }) => [path, depth, type, isRequired])).toEqual([
      ["id", 0, "text", false],
      ["lines", 0, "list of objects", false],
      ["lines[].sku", 1, "text", true],
      ["owner", 0, "object", false],
      ["owner.name", 1, "text or null", false],
    ]);
  });

  it.each([
    [{ enum: ["a", 1] }, "text or number", ['one of "a", 1']],
    [{ const: true }, "true or false", ["always true"]],
    [{ type: "string", format: "date-time", pattern: "Z$" }, "text", ["format date-time"]],
    [{ type: "string", pattern: "^a", minLength: 1 }, "text", ["matches ^a", "at least 1 character"]],
    [{ type: "integer", minimum: 0, exclusiveMaximum: 10 }, "whole number", ["at least 0", "less than 10"]],
    [
      { type: "array", items: { enum: ["a"] }, uniqueItems: true },
      "list of texts",
      ["no item twice", 'each one of "a"'],
    ],
    [
      { anyOf: [{ type: "string" }, { type: "null" }] },
      "any value",
      ["one of 2 shapes, see the JSON Schema"],
    ],
    [{}, "any value", []],
    [true, "any value", []],
  ])("describes %j", (schema, type, rules) => {
    expect(rowsOf({ x: schema })).toMatchObject([{ type, rules }]);
  });

  it("follows references, and ends with those that lead back to themselves", () => {
    const node = { type: "object", properties: { next: { $ref: "#/$defs/node" } } };
    const rows = rowsOf({ first: { $ref: "#/$defs/node", description: "The first." } }, { $defs: { node } });
    expect(rows[0]).toMatchObject({ path: "first", type: "object", description: "The first." });
    expect(rows[1]).toMatchObject({ path: "first.next", depth: 1 });
    expect(rows.length).toBeLessThan(20);
  });

  it.each(builtInEventTypes.map((type) => [type.name, type] as const))(
    "has a row with type and description for every value of the example of %s",
    (_, { schema, example }) => {
      const rows = schemaRows(schema);
      for (const key of Object.keys(example)) {
        expect(rows).toContainEqual(
          expect.objectContaining({
            path: key,
            isRequired: true,
            description: expect.stringMatching(/\.$/) as string,
          }),
        );
      }
      expect(rows.filter((row) => row.type === "any value")).toEqual([]);
    },
  );

  it("never throws, and ends", () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom("properties", "items", "type", "$ref", "enum", "required", "x"),
          fc.jsonValue(),
        ),
        (schema) => {
          expect(schemaRows(schema).length).toBeLessThanOrEqual(500);
        },
      ),
    );
  });
});
