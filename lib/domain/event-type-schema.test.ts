import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkEventTypeName,
  compileSchema,
  exampleProblems,
  type CompiledSchema,
} from "@/lib/domain/event-type-schema";
import { jsonDepthMax } from "@/lib/domain/json-value";

function compile(schema: unknown): CompiledSchema {
  const result = compileSchema(schema);
  if ("problem" in result) throw new Error(result.problem);
  return result;
}

function problemOf(schema: unknown): string | null {
  const result = compileSchema(schema);
  return "problem" in result ? result.problem : null;
}

const order = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  type: "object",
  required: ["orderId", "lines"],
  additionalProperties: false,
  properties: {
    orderId: { type: "string", pattern: "^[A-Z]{2}-\\d{4}$" },
    placedAt: { type: "string", format: "date-time" },
    lines: { type: "array", minItems: 1, items: { $ref: "#/$defs/line" } },
    "odd name": { type: "string", minLength: 1 },
    state: { enum: ["open", "paid"] },
  },
  $defs: {
    line: {
      type: "object",
      properties: { sku: { type: "string" }, quantity: { type: "integer", minimum: 1 } },
      required: ["sku"],
      unevaluatedProperties: false,
    },
  },
  "x-owner": "billing",
};

const good = { orderId: "NO-2026", lines: [{ sku: "A-1", quantity: 2 }] };

describe("validate", () => {
  it.each<[string, object, string, string]>([
    ["a missing property", { lines: good.lines }, "data.orderId", "is missing"],
    ["an unknown property", { ...good, more: 1 }, "data.more", "is not allowed here"],
    ["a wrong type", { ...good, orderId: 5 }, "data.orderId", "must be a string"],
    ["a pattern", { ...good, orderId: "no" }, "data.orderId", "must match the pattern ^[A-Z]{2}-\\d{4}$"],
    [
      "a date",
      { ...good, placedAt: "soon" },
      "data.placedAt",
      "must be an ISO 8601 date and time like 2026-03-12T15:00:00Z",
    ],
    ["an empty list", { ...good, lines: [] }, "data.lines", "must have at least 1 item"],
    ["an item", { ...good, lines: [{ sku: "A" }, {}] }, "data.lines[1].sku", "is missing"],
    [
      "an item's property",
      { ...good, lines: [{ sku: "A", quantity: 0 }] },
      "data.lines[0].quantity",
      "must be >= 1",
    ],
    [
      "an unevaluated one",
      { ...good, lines: [{ sku: "A", x: 1 }] },
      "data.lines[0].x",
      "is not allowed here",
    ],
    ["an odd name", { ...good, "odd name": "" }, 'data["odd name"]', "must not be empty"],
    ["a choice", { ...good, state: "lost" }, "data.state", 'must be one of "open", "paid"'],
  ])("says where and what: %s", (_, data, path, message) => {
    expect(compile(order).validate(data)).toEqual([{ path, message }]);
  });

  it("reports every problem, and none for what satisfies the schema", () => {
    const schema = compile(order);
    expect(schema.validate(good)).toEqual([]);
    expect(schema.validate({ orderId: 1, lines: [{}, { sku: 2 }], more: true })).toHaveLength(4);
    expect(schema.validate(good)).toEqual([]);
  });

  it("can name the checked value otherwise", () => {
    expect(compile(order).validate(7, "example")).toEqual([
      { path: "example", message: "must be an object" },
    ]);
  });

  it("does not take inherited properties for the event's", () => {
    const schema = compile({
      type: "object",
      required: ["toString"],
      properties: { constructor: { type: "string" } },
    });
    expect(schema.validate({})).toEqual([{ path: "data.toString", message: "is missing" }]);
    expect(schema.validate({ toString: 1 })).toEqual([]);
    const closed = compile({ type: "object", additionalProperties: false });
    expect(closed.validate(JSON.parse('{"__proto__": 1}'))).toEqual([
      { path: "data.__proto__", message: "is not allowed here" },
    ]);
  });

  it("finds equal items whatever the order of their keys", () => {
    const schema = compile({ type: "array", uniqueItems: true });
    expect(schema.validate([1, "1", { a: 1, b: 2 }, { a: 1 }, [1], null])).toEqual([]);
    expect(
      schema.validate([
        { a: 1, b: [2] },
        { b: [2], a: 1 },
      ]),
    ).toEqual([{ path: "data", message: "must not have equal items" }]);
  });

  it("refuses data that is nested too deeply, and does not overflow", () => {
    const schema = compile({});
    const nested = (depth: number) => JSON.parse("[".repeat(depth) + "]".repeat(depth)) as unknown;
    expect(schema.validate(nested(jsonDepthMax))).toEqual([]);
    expect(schema.validate(nested(jsonDepthMax + 1))).toEqual([
      { path: "data", message: "is nested more than 64 levels deep" },
    ]);
    expect(schema.validate(nested(200_000))).toHaveLength(1);
  });

  it("never changes the data and never throws", () => {
    const schema = compile(order);
    fc.assert(
      fc.property(fc.jsonValue(), (data) => {
        const before = JSON.stringify(data);
        expect(schema.validate(data)).toBeInstanceOf(Array);
        expect(JSON.stringify(data)).toBe(before);
      }),
    );
  });
});

describe("a schema that was made to be slow", () => {
  // Seconds of this thread's CPU, not of the clock: the machine may be busy with something else.
  const withinASecond = (work: () => unknown) => {
    const before = process.threadCpuUsage();
    work();
    const { user, system } = process.threadCpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(1000);
  };
  const million = 1024 * 1024;

  it.each([
    ["a backtracking pattern", { pattern: "^(a+)+$" }, `${"a".repeat(5000)}!`],
    ["a pattern on a huge string", { pattern: "^(a|a)*b" }, "a".repeat(million)],
    ["a quadratic format", { format: "email" }, `${"a".repeat(million)}`],
    ["a quadratic host name", { format: "email" }, `a@${"a-".repeat(million / 2)}`],
    [
      "patterns on many strings",
      { items: { pattern: "^([a-z]*)*$" } },
      Array<string>(50_000).fill("abcdefgh!"),
    ],
    ["equal items", { uniqueItems: true }, Array.from({ length: 100_000 }, (_, index) => ({ index }))],
    ["many problems", { items: { type: "string" } }, Array<number>(500_000).fill(1)],
    ["keys by pattern", { patternProperties: { "(a+)+$": {} } }, { [`${"a".repeat(5000)}!`]: 1 }],
  ])("is fast with %s", (_, schema, data) => {
    const compiled = compile(schema);
    withinASecond(() => compiled.validate(data));
  });

  it("reports one problem of a large value, and at most fifty of a small one", () => {
    const schema = compile({ items: { type: "string" } });
    expect(schema.validate(Array<number>(10_000).fill(1))).toEqual([
      { path: "data[0]", message: "must be a string" },
    ]);
    expect(schema.validate(Array<number>(1000).fill(1))).toHaveLength(50);
  });

  it("is refused when its references multiply or lead in a circle", () => {
    const $defs: Record<string, object> = { d0: { type: "string" } };
    for (let level = 1; level <= 30; level++) {
      $defs[`d${level}`] = { allOf: [{ $ref: `#/$defs/d${level - 1}` }, { $ref: `#/$defs/d${level - 1}` }] };
    }
    withinASecond(() => {
      expect(problemOf({ $defs, $ref: "#/$defs/d30" })).toMatch(/more than 5000 parts/);
    });
    expect(problemOf({ $defs: { a: { not: { $ref: "#/$defs/a" } } } })).toMatch(/refers to itself/);
    expect(problemOf({ properties: { child: { $ref: "#" } } })).toMatch(/refers to itself/);
  });
});

describe("compileSchema", () => {
  it.each<[unknown, RegExp]>([
    [null, /^schema must be an object$/],
    [true, /^schema must be an object$/],
    [[], /^schema must be an object$/],
    [
      { $schema: "http://json-schema.org/draft-07/schema#" },
      /^schema\.\$schema must be JSON Schema 2020-12$/,
    ],
    [
      { $ref: "https://example.com/schema.json" },
      /^schema\.\$ref must be #\/\$defs\/<name>: nothing is fetched/,
    ],
    [{ properties: { a: { $ref: "other.json#/x" } } }, /^schema\.properties\.a\.\$ref must be/],
    [{ properties: { a: { $id: "x" } } }, /^schema\.properties\.a\.\$id is only allowed at the top/],
    [{ $dynamicRef: "#a" }, /^schema\.\$dynamicRef is not a keyword/],
    [{ $async: true }, /^schema\.\$async is not a keyword/],
    [{ propertys: {} }, /^schema\.propertys is not a keyword that is checked here$/],
    [{ properties: { a: { typ: "string" } } }, /^schema\.properties\.a\.typ is not a keyword/],
    [{ allOf: [{ typ: "string" }] }, /^schema\.allOf\[0\]\.typ is not a keyword/],
    [{ format: "url" }, /^schema\.format must be one of date-time/],
    [{ pattern: "(" }, /^schema\.pattern is not a valid regular expression$/],
    [{ pattern: "(?=a)b" }, /^schema\.pattern uses look-around/],
    [{ pattern: "a".repeat(300) }, /^schema\.pattern is longer than 256 characters$/],
    [{ pattern: 5 }, /^schema\.pattern must be a string$/],
    [{ patternProperties: { "(a)\\1": {} } }, /^schema\.patternProperties has the key .* back reference/],
    [{ type: "text" }, /^schema\.type must be/],
    [{ required: "id" }, /^schema\.required must be an array$/],
    [{ minLength: -1 }, /^schema\.minLength must be >= 0$/],
    [{ properties: { a: 5 } }, /^schema\.properties\.a must be/],
    [{ $ref: "#/$defs/nothing" }, /^schema cannot be used: can't resolve reference/],
    [{ description: "x".repeat(70_000) }, /^schema is longer than 65536 characters$/],
    [JSON.parse(`${'{"not":'.repeat(40)}{}${"}".repeat(40)}`), /^schema is nested more than 32 levels deep$/],
  ])("refuses %j", (schema, problem) => {
    expect(problemOf(schema)).toMatch(problem);
  });

  it.each([
    [{}],
    [{ $id: "https://example.com/order", type: "object" }],
    [{ $id: "https://json-schema.org/draft/2020-12/schema" }],
    [{ $defs: { "a/b": { type: "string" } }, properties: { a: { $ref: "#/$defs/a~1b" } } }],
    [{ properties: { pattern: { type: "string" }, $ref: { type: "string" } }, default: { typ: 1 } }],
    [{ if: { minProperties: 1 }, then: { required: ["a"] }, else: {}, dependentRequired: { a: ["b"] } }],
    [{ prefixItems: [{ type: "string" }, true], items: false, contains: {}, maxContains: 2 }],
  ])("accepts %j, twice", (schema) => {
    expect(problemOf(schema)).toBeNull();
    expect(problemOf(structuredClone(schema))).toBeNull();
  });

  it("follows a reference to a definition with an escaped name", () => {
    const schema = compile({
      $defs: { "a/b": { type: "string" } },
      properties: { a: { $ref: "#/$defs/a~1b" } },
    });
    expect(schema.validate({ a: 1 })).toEqual([{ path: "data.a", message: "must be a string" }]);
  });

  it("either compiles or explains, whatever the schema", () => {
    const keyword = fc.constantFrom(
      ...[
        "type",
        "properties",
        "items",
        "allOf",
        "$ref",
        "pattern",
        "enum",
        "required",
        "$defs",
        "if",
        "format",
        "const",
      ],
    );
    const { schema: anySchema } = fc.letrec((tie) => ({
      schema: fc.dictionary(keyword, tie("value"), { maxKeys: 3 }),
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom("string", "object", "#/$defs/a", "#", "^a", "date", 1, true),
        fc.array(tie("schema"), { maxLength: 2 }),
        fc.dictionary(fc.constantFrom("a", "b"), tie("schema"), { maxKeys: 2 }),
        tie("schema"),
      ),
    }));
    fc.assert(
      fc.property(anySchema, fc.jsonValue(), (schema, data) => {
        const result = compileSchema(schema);
        if ("problem" in result) expect(result.problem).toMatch(/^schema/);
        else expect(result.validate(data)).toBeInstanceOf(Array);
      }),
    );
  });
});

describe("exampleProblems", () => {
  it("names the schema or the example, whichever is wrong", () => {
    expect(exampleProblems(order, good)).toEqual([]);
    expect(exampleProblems(order, {}).map(({ path }) => path)).toEqual(["example.orderId", "example.lines"]);
    expect(exampleProblems({ typ: 1 }, {})).toEqual([
      { path: "schema.typ", message: "is not a keyword that is checked here" },
    ]);
  });
});

describe("checkEventTypeName", () => {
  it.each(["invoice.paid", "a.b", "order.item.added", "order_2.item_added", "0.1", "webhooks.sent"])(
    "accepts %s",
    (name) => {
      expect(checkEventTypeName(name)).toBeNull();
    },
  );

  it.each([
    ["", /two or more parts/],
    ["invoice", /two or more parts/],
    ["invoice.", /two or more parts/],
    [".paid", /two or more parts/],
    ["invoice..paid", /two or more parts/],
    ["Invoice.Paid", /two or more parts/],
    ["invoice.paid ", /two or more parts/],
    ["invoice-x.paid", /two or more parts/],
    ["invoice.*", /two or more parts/],
    ["invoice.paid\n", /two or more parts/],
    ["webhook.mine", /begin with webhook\. are reserved/],
    ["developer.x", /reserved/],
    ["organization.x", /reserved/],
    ["scheduling.x.y", /reserved/],
    [`a.${"b".repeat(127)}`, /longer than 128/],
  ])("refuses %j", (name, reason) => {
    expect(checkEventTypeName(name)).toMatch(reason);
  });
});
