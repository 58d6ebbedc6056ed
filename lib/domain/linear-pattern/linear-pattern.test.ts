import { createContext, Script } from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linearPattern, matchedLengthMax } from "@/lib/domain/linear-pattern/linear-pattern";

const atom = fc.constantFrom(
  ...[
    "a",
    "b",
    "c",
    ".",
    "[ab]",
    "[^a]",
    "\\d",
    "\\w",
    "\\S",
    "\\.",
    "[\\]\\-]",
    "[a-c\\d]",
    "\\u0061",
    "\\u{1F680}",
  ],
  ...["\\ud83d\\ude80", "🚀", "[🚀a]", "\\p{L}", "\\x62", "\\n", "é", "/", "-", "0"],
);
const quantifier = fc.constantFrom("", "", "", "*", "+", "?", "*?", "{2}", "{1,}", "{0,2}", "{1,3}?");
const { pattern: anyPattern } = fc.letrec<{ pattern: string; term: string }>((tie) => ({
  pattern: fc
    .array(
      fc.array(tie("term"), { maxLength: 4 }).map((terms) => terms.join("")),
      { minLength: 1, maxLength: 3 },
    )
    .map((options) => options.join("|")),
  term: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.tuple(atom, quantifier).map(([what, often]) => what + often),
    fc.constantFrom("^", "$"),
    fc
      .tuple(fc.constantFrom("(", "(?:", "(?<name>"), tie("pattern"), quantifier)
      .map(([open, inner, often]) => `${open}${inner.replaceAll("(?<name>", "(?:")})${often}`),
  ),
}));
const anyText = fc.oneof(
  fc.string({
    unit: fc.constantFrom("a", "b", "c", "d", "0", ".", "-", "]", "🚀", "é", "\n", "\ud83d", "/"),
    maxLength: 12,
  }),
  fc.string({ unit: "binary" }),
);

describe("a linear pattern", () => {
  it("matches exactly what JavaScript matches", () => {
    fc.assert(
      fc.property(anyPattern, fc.array(anyText, { minLength: 1, maxLength: 8 }), (pattern, texts) => {
        const linear = linearOf(pattern);
        const native = nativeAnswers(pattern, texts);
        texts.forEach((text, index) => expect(linear.test(text), JSON.stringify(text)).toBe(native[index]));
      }),
      { numRuns: 2000 },
    );
  });

  /** Skips what only this engine refuses (too large), and duplicate names, which only JavaScript refuses. */
  function linearOf(pattern: string): { test(text: string): boolean } {
    try {
      new RegExp(pattern, "u");
      return linearPattern(pattern);
    } catch {
      fc.pre(false);
      throw new Error("unreachable");
    }
  }

  const context = createContext({ pattern: "", texts: [] as string[] });
  const script = new Script('texts.map((text) => new RegExp(pattern, "u").test(text))');

  /** Skips what JavaScript does not finish: nested quantifiers make it try exponentially many ways, some for hours. */
  function nativeAnswers(pattern: string, texts: string[]): boolean[] {
    Object.assign(context, { pattern, texts });
    try {
      return script.runInContext(context, { timeout: 500 }) as boolean[];
    } catch (error) {
      fc.pre((error as { code?: string }).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT");
      throw error;
    }
  }

  it.each([
    ["^[A-Z]{2}-\\d{4}$", "DE-2026", true],
    ["^[A-Z]{2}-\\d{4}$", "DE-20266", false],
    ["^(red|green)$", "green", true],
    ["^(red|green)$", "greenish", false],
    ["needle", "hay needle hay", true],
    ["", "", true],
    ["^$", "", true],
    ["^$", "x", false],
    ["a$|^b", "ba", true],
    ["^\\p{Lu}\\p{Ll}*$", "Émile", true],
    ["^(a*)*$", "aaab", false],
  ])("%s on %j: %s", (pattern, text, expected) => {
    expect(linearPattern(pattern).test(text)).toBe(expected);
  });

  it.each([
    ["^(a+)+$", `${"a".repeat(8000)}!`],
    ["^(a|a)*$", `${"a".repeat(8000)}!`],
    ["^(a|aa)+$", `${"a".repeat(8000)}!`],
    ["(.*,){11}P", "1,".repeat(4000)],
    ["^(([a-z])+.)+[A-Z]([a-z])+$", "a".repeat(8000)],
    ["a.*a.*a.*a.*a.*b", "a".repeat(8000)],
    ["(a|b|c|d)*(a|b)(a|b|c|d){12}$", "abcd".repeat(2000)],
    ["(?:){999999999}(?:|)*(){999999999}$", "a".repeat(8000)],
  ])("answers at once where backtracking would take years: %s", (pattern, text) => {
    const before = performance.now();
    linearPattern(pattern).test(text);
    expect(performance.now() - before).toBeLessThan(1000);
  });

  it.each([
    ["(", /not a valid/],
    ["a{2,1}", /not a valid/],
    ["[b-a]", /not a valid/],
    ["(?=a)", /look-around/],
    ["(?!a)b", /look-around/],
    ["(?<=a)b", /look-around/],
    ["(?<!a)b", /look-around/],
    ["(?i:a)", /look-around or modifiers|not a valid/],
    ["(a)\\1", /back reference/],
    ["(?<x>a)\\k<x>", /back reference/],
    ["\\bword", /\\b/],
    ["a".repeat(257), /longer than 256/],
    ["a{300}", /too large/],
    ["((a{9}){9}){9}", /too large/],
    ["a{1,99999999}", /too large/],
  ])("refuses %s", (pattern, reason) => {
    expect(() => linearPattern(pattern)).toThrow(reason);
  });

  it("takes no string of more than its bound", () => {
    const any = linearPattern("^a*$");
    expect(any.test("a".repeat(matchedLengthMax))).toBe(true);
    expect(any.test("a".repeat(matchedLengthMax + 1))).toBe(false);
  });

  it("matches nothing more when the budget of its matches is used up", () => {
    const budget = { charactersLeft: 5 };
    const any = linearPattern("^a*$", budget);
    expect([any.test("aaa"), any.test("aaa"), any.test("a")]).toEqual([true, false, false]);
  });
});
