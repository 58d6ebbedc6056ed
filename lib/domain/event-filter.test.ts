import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkFilter, matchesFilter, type EventFilter } from "@/lib/domain/event-filter";

const data = {
  id: "7203518",
  total: 120,
  paid: false,
  note: null,
  placedAt: "2026-03-12T15:00:00.000Z",
  customer: { name: "Harborline", country: "NO" },
  tags: ["rush", "export"],
  lines: [
    { sku: "A-1", quantity: 3 },
    { sku: "B-2", quantity: 10 },
  ],
};

describe("matchesFilter", () => {
  it.each<[EventFilter, boolean]>([
    [{}, true],
    [{ id: "7203518" }, true],
    [{ id: 7203518 }, false],
    [{ id: "7203518", paid: true }, false],
    [{ paid: false }, true],
    [{ note: null }, true],
    [{ missing: null }, true],
    [{ missing: { $exists: false } }, true],
    [{ note: { $exists: true } }, true],
    [{ missing: { $exists: true } }, false],
    [{ "customer.country": "NO" }, true],
    [{ "customer.country": { $ne: "NO" } }, false],
    [{ customer: { name: "Harborline", country: "NO" } }, true],
    [{ customer: { name: "Harborline" } }, false],
    [{ "customer.country.code": "NO" }, false],
    [{ total: { $gt: 100 } }, true],
    [{ total: { $gt: 120 } }, false],
    [{ total: { $gte: 120, $lt: 121 } }, true],
    [{ total: { $lte: 119 } }, false],
    [{ total: { $gt: "100" } }, false],
    [{ placedAt: { $gte: "2026-03-01", $lt: "2026-04-01" } }, true],
    [{ "customer.country": { $in: ["SE", "NO"] } }, true],
    [{ "customer.country": { $nin: ["SE", "NO"] } }, false],
    [{ tags: "rush" }, true],
    [{ tags: { $all: ["rush", "export"] } }, true],
    [{ tags: { $all: ["rush", "import"] } }, false],
    [{ tags: { $size: 2 } }, true],
    [{ total: { $mod: [50, 20] } }, true],
    [{ "lines.sku": "B-2" }, true],
    [{ "lines.0.sku": "A-1" }, true],
    [{ lines: { $elemMatch: { sku: "A-1", quantity: { $gt: 5 } } } }, false],
    [{ lines: { $elemMatch: { sku: "B-2", quantity: { $gt: 5 } } } }, true],
    [{ tags: { $elemMatch: { $eq: "export" } } }, true],
    [{ total: { $not: { $gt: 200 } } }, true],
    [{ $or: [{ paid: true }, { total: { $gt: 100 } }] }, true],
    [{ $and: [{ paid: true }, { total: { $gt: 100 } }] }, false],
    [{ $nor: [{ paid: true }, { total: 1 }] }, true],
    [{ $or: [{ $and: [{ id: "x" }] }, { "customer.name": "Harborline" }], paid: false }, true],
  ])("%j: %s", (filter, expected) => {
    expect(checkFilter(filter)).toEqual([]);
    expect(matchesFilter(filter, data)).toBe(expected);
    expect(matchesFilter(filter, data), "asked again").toBe(expected);
  });

  it("runs nothing that a filter says, and lets nothing pass by a filter that cannot be evaluated", () => {
    const planted = globalThis as { plantedByFilter?: boolean };
    for (const filter of [
      { $where: "globalThis.plantedByFilter = true" },
      { id: { $where: "globalThis.plantedByFilter = true" } },
      { id: { $regex: "." } },
      { id: { $type: "string" } },
      { $or: [] },
      { $unknown: 1 },
    ]) {
      expect(matchesFilter(filter, data)).toBe(false);
    }
    expect(planted.plantedByFilter).toBeUndefined();
  });

  it.each([
    null,
    1,
    "text",
    [],
    [1, [2]],
    { hasOwnProperty: 1 },
    JSON.parse('{"__proto__":{"id":"x"},"toJSON":1}'),
  ])("takes the data %j", (value: unknown) => {
    expect(matchesFilter({ id: "x" }, value)).toBe(false);
    expect(matchesFilter({ id: { $exists: false } }, value)).toBe(true);
  });

  it("never throws, and agrees with plain comparison on what it accepts", () => {
    const key = fc.constantFrom("a", "b", "c");
    const scalar = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom("x", "y", ""), fc.boolean());
    const anyData = fc.dictionary(key, scalar);
    fc.assert(
      fc.property(fc.dictionary(key, scalar, { minKeys: 1 }), anyData, (wanted, value) => {
        const all = Object.entries(wanted).every(([name, each]) => value[name] === each);
        const any = Object.entries(wanted).some(([name, each]) => value[name] === each);
        const queries = Object.entries(wanted).map(([name, each]) => ({ [name]: each }));
        expect(matchesFilter(wanted, value)).toBe(all);
        expect(matchesFilter({ $or: queries }, value)).toBe(any);
        expect(matchesFilter({ $nor: queries }, value)).toBe(!any);
      }),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (filter, value) => {
        expect(typeof matchesFilter(filter, value)).toBe("boolean");
      }),
    );
  });
});

describe("checkFilter", () => {
  const nested = (depth: number): object => (depth === 0 ? { a: 1 } : { $and: [nested(depth - 1)] });

  it.each<[unknown, RegExp]>([
    [null, /^filter must be an object$/],
    [[], /^filter must be an object$/],
    ["id", /^filter must be an object$/],
    [{ $where: "true" }, /^filter\.\$where is not an operator here; there are \$eq/],
    [{ a: { $where: "true" } }, /^filter\.a\.\$where is not an operator/],
    [{ a: { $regex: "x" } }, /^filter\.a\.\$regex is not an operator/],
    [{ a: { $type: "string" } }, /^filter\.a\.\$type is not an operator/],
    [{ a: { $eqq: 1 } }, /^filter\.a\.\$eqq is not an operator/],
    [{ $gt: 1 }, /^filter\.\$gt belongs below a property/],
    [{ a: { $and: [{ $gt: 1 }] } }, /^filter\.a\.\$and is not an operator/],
    [{ a: { $gt: 1, b: 2 } }, /^filter\.a\.b stands beside operators/],
    [{ a: { b: { $gt: 1 } } }, /^filter\.a\.b\.\$gt is an operator inside a value; use a path with dots/],
    [{ a: { $in: [{ $gt: 1 }] } }, /^filter\.a\.\$in\[0\]\.\$gt is an operator inside a value/],
    [{ a: { $in: "x" } }, /^filter\.a\.\$in must be a list$/],
    [{ a: { $gt: true } }, /^filter\.a\.\$gt must be a number or a string$/],
    [{ a: { $exists: 1 } }, /^filter\.a\.\$exists must be true or false$/],
    [{ a: { $size: -1 } }, /^filter\.a\.\$size must be a whole number/],
    [{ a: { $mod: [0, 1] } }, /^filter\.a\.\$mod must be \[divisor, remainder\]/],
    [{ a: { $mod: 2 } }, /^filter\.a\.\$mod must be/],
    [{ a: { $not: 1 } }, /^filter\.a\.\$not must be an object of operators$/],
    [{ a: { $elemMatch: 1 } }, /^filter\.a\.\$elemMatch must be an object$/],
    [{ a: { $elemMatch: { b: { $x: 1 } } } }, /^filter\.a\.\$elemMatch\.b\.\$x is not an operator/],
    [{ $or: [] }, /^filter\.\$or must be a list of at least one query$/],
    [{ $or: [1] }, /^filter\.\$or\[0\] must be an object$/],
    [{ "a..b": 1 }, /^filter\["a\.\.b"\] has an empty part/],
    [{ "": 1 }, /has an empty part/],
    [{ "a.constructor.name": "Object" }, /uses the name constructor/],
    [JSON.parse('{"__proto__": 1}'), /uses the name __proto__/],
    [nested(5), /nested more than 8 levels/],
    [{ a: { $in: Array.from({ length: 300 }, (_, index) => index) } }, /more than 300 values/],
    [{ a: "x".repeat(8200) }, /longer than 8192 characters/],
  ])("refuses %j", (filter, problem) => {
    const problems = checkFilter(filter);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
  });

  it("reports every problem", () => {
    expect(checkFilter({ $gt: 1, a: { $x: 1 }, $or: [{ b: { $in: 1 } }] })).toHaveLength(3);
  });

  it("accepts only what can be evaluated: no accepted filter refuses all data together with its opposite", () => {
    const operand = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.array(fc.integer(), { maxLength: 2 }));
    const operator = fc.constantFrom(
      "$eq",
      "$ne",
      "$gt",
      "$in",
      "$nin",
      "$all",
      "$exists",
      "$size",
      "$mod",
      "$where",
    );
    const condition = fc.oneof(operand, fc.dictionary(operator, operand, { maxKeys: 2 }));
    const anyFilter = fc.dictionary(fc.constantFrom("a", "b", "a.b", "$or"), condition, { minKeys: 1 });
    fc.assert(
      fc.property(anyFilter, fc.dictionary(fc.constantFrom("a", "b"), fc.jsonValue()), (filter, value) => {
        if (checkFilter(filter).length > 0) return;
        const passes = matchesFilter(filter, value);
        expect(matchesFilter({ $nor: [filter] }, value)).toBe(!passes);
      }),
    );
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (filter) => {
        expect(checkFilter(filter)).toBeInstanceOf(Array);
      }),
    );
  });
});
