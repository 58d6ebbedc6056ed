import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  elementTexts,
  jsonWithMember,
  memberText,
  wellFormedJson,
  withFiniteNumbers,
} from "@/lib/domain/lossless-json";

/** JSON texts in spellings that JSON.stringify never uses: odd spaces, numbers and escapes. */
const space = fc.constantFrom("", " ", "\n", "\t\r\n  ");
const odd = fc.letrec<{ value: string; object: string; array: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("0", "-0", "1.10", "12345678901234567890", "1e400", "-2E-7", "true", "null"),
    fc.string({ unit: "binary" }).map((text) => JSON.stringify(text)),
    fc.constantFrom('"\\u0000"', '"\\ud800"', '"\\"}],{["', '"\\\\"', '"\\\\\\""', '"/\\/"'),
    tie("object"),
    tie("array"),
  ),
  object: fc
    .tuple(fc.array(fc.tuple(fc.oneof(fc.string(), fc.constantFrom("data", "events")), tie("value"))), space)
    .map(([members, gap]) =>
      wrap(
        "{",
        "}",
        members.map(([key, text]) => `${JSON.stringify(key)}${gap}:${gap}${text}`),
        gap,
      ),
    ),
  array: fc.tuple(fc.array(tie("value")), space).map(([items, gap]) => wrap("[", "]", items, gap)),
}));

function wrap(open: string, close: string, items: string[], gap: string): string {
  return `${gap}${open}${gap}${items.join(`${gap},${gap}`)}${gap}${close}`;
}

describe("memberText", () => {
  it.each([
    ['{"data":{"a":1}}', '{"a":1}'],
    [' { "eventType" : "data" , "data" : { "a" : [ 1.10 , 1e400 ] } } ', '{ "a" : [ 1.10 , 1e400 ] }'],
    ['{"data":12345678901234567890}', "12345678901234567890"],
    ['{"data":-1.0 }', "-1.0"],
    ['{"data":"\\u0000 \\ud800 \\\\"}', '"\\u0000 \\ud800 \\\\"'],
    ['{"x":"\\"data\\":1","data":2}', "2"],
    ['{"x":{"data":1}}', null],
    ['{"d\\u0061ta":1}', "1"],
    ['{"data":1,"data":2}', "2"],
    ['{"a":[{"data":1},"]}"],"data":[{}]}', "[{}]"],
    ["{}", null],
    ["[1]", null],
    ['"data"', null],
  ])("of %s is %s", (text, expected) => {
    expect(() => JSON.parse(text) as unknown).not.toThrow();
    expect(memberText(text, "data")).toBe(expected);
  });

  it("is the text of what JSON.parse sees there, character for character", () => {
    fc.assert(
      fc.property(odd.value, space, fc.string(), (data, gap, other) => {
        const key = JSON.stringify(other);
        const text = `{${key}:[{"data":0}],${gap}"data"${gap}:${gap}${data.trim()}${gap}}`;
        expect(memberText(text, "data")).toBe(data.trim());
      }),
    );
    fc.assert(
      fc.property(odd.object, (text) => {
        const value = JSON.parse(text) as Record<string, unknown>;
        for (const key of ["data", "events", ...Object.keys(value)]) {
          const found = memberText(text, key);
          if (!Object.hasOwn(value, key)) expect(found).toBeNull();
          else expect(JSON.parse(found!)).toEqual(value[key]);
        }
      }),
    );
  });

  it("takes time linear in the text, whatever the text is made of", () => {
    const long = `{"a":"${"\\\\".repeat(200_000)}","b":${"[".repeat(50)}"${'\\"'.repeat(200_000)}"${"]".repeat(50)},"data":1}`;
    const begun = performance.now();
    expect(memberText(long, "data")).toBe("1");
    expect(performance.now() - begun).toBeLessThan(1000);
  });
});

describe("elementTexts", () => {
  it("are the elements, in order, character for character", () => {
    fc.assert(
      fc.property(fc.array(odd.value), space, (items, gap) => {
        const texts = items.map((item) => item.trim());
        expect(elementTexts(wrap("[", "]", texts, gap))).toEqual(texts);
      }),
    );
  });

  it("are none when it is no array", () => {
    expect(elementTexts('{"a":[1]}')).toEqual([]);
    expect(elementTexts("null")).toEqual([]);
  });
});

describe("wellFormedJson", () => {
  it("means the same as before, and survives UTF-8", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
        (text) => {
          // Raw, as an editor may hand it over: JSON.stringify would escape the surrogates itself.
          const raw = `"${text.replace(/["\\\u0000-\u001f]/g, "")}"`;
          const escaped = wellFormedJson(raw);
          expect(JSON.parse(escaped)).toBe(JSON.parse(raw));
          expect(new TextDecoder().decode(new TextEncoder().encode(escaped))).toBe(escaped);
        },
      ),
    );
    expect(wellFormedJson('"🚀\ud800"')).toBe('"🚀\\ud800"');
  });
});

describe("withFiniteNumbers", () => {
  it("puts the largest number where JSON.parse had to give up", () => {
    const text = `{"a":[1e400,-1e999],"b":${"9".repeat(400)},"__proto__":2e308,"c":"1e400"}`;
    const value = withFiniteNumbers(JSON.parse(text), text) as Record<string, unknown>;
    expect(Object.entries(value)).toEqual([
      ["a", [Number.MAX_VALUE, -Number.MAX_VALUE]],
      ["b", Number.MAX_VALUE],
      ["__proto__", Number.MAX_VALUE],
      ["c", "1e400"],
    ]);
  });

  it("leaves no infinity in anything that can be parsed", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 400n }),
        fc.integer({ min: -400, max: 400 }),
        (digits, exponent) => {
          const text = `[${digits}e${exponent}]`;
          const [number] = withFiniteNumbers(JSON.parse(text), text) as [number];
          expect(Number.isFinite(number)).toBe(true);
        },
      ),
    );
  });
});

describe("jsonWithMember", () => {
  it("adds the text as it is", () => {
    expect(jsonWithMember({ id: "a" }, "data", '{"n":1.10}')).toBe('{"id":"a","data":{"n":1.10}}');
  });
});
