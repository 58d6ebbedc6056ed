import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");

type Tokens = Map<string, [lightness: number, chroma: number, hue: number]>;

function tokensOf(selector: string): Tokens {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf("\n}", start));
  const tokens: Tokens = new Map();
  for (const [, name, l, c, h] of block.matchAll(/--([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);/g)) {
    tokens.set(name!, [Number(l), Number(c), Number(h)]);
  }
  return tokens;
}

/** Relative luminance of an OKLCH colour (WCAG 2.2, over Björn Ottosson's OKLab matrices), clipped to sRGB. */
function luminance([lightness, chroma, hue]: [number, number, number]): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(tokens: Tokens, front: string, back: string): number {
  const [f, b] = [tokens.get(front), tokens.get(back)];
  if (!f || !b) throw new Error(`No colour token ${f ? back : front}`);
  const [dark, light] = [luminance(f), luminance(b)].sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

const surfaces = ["canvas", "surface", "raised", "sunken"];
const states = ["success", "danger", "warning", "info", "accent"];
const pairs: [front: string, back: string, ratioMin: number][] = [
  ...["fg", "muted", "subtle"].flatMap((text) =>
    surfaces.map((back) => [text, back, 4.5] as [string, string, number]),
  ),
  ["fg", "hover", 4.5],
  ["muted", "hover", 4.5],
  ["on-accent", "accent", 4.5],
  ["on-accent", "accent-strong", 4.5],
  ["on-danger", "danger-strong", 4.5],
  ...states.flatMap((state) => [
    ...[...surfaces, `${state}-soft`].map((back) => [`${state}-text`, back, 4.5] as [string, string, number]),
    ["fg", `${state}-soft`, 4.5] as [string, string, number],
  ]),
  ...["plain", "keyword", "string", "number", "name", "comment"].map(
    (part) => [`code-${part}`, "sunken", 4.5] as [string, string, number],
  ),
  // Graphics (dots, bars, focus ring) need 3:1 against what they lie on; warning yellow is never alone, see below.
  ...["success", "danger", "info", "accent", "neutral"].map(
    (c) => [c, "surface", 3] as [string, string, number],
  ),
  // So does the line around what can be entered and chosen, and the ring of what has the focus.
  ...["line-control", "accent"].flatMap((line) =>
    surfaces.map((back) => [line, back, 3] as [string, string, number]),
  ),
];

describe.each([
  ["light", ":root"],
  ["dark", '[data-theme="dark"]'],
])("%s theme", (_name, selector) => {
  const tokens = tokensOf(selector);
  it.each(pairs)("%s on %s reaches %d:1", (front, back, ratioMin) => {
    expect(contrast(tokens, front, back)).toBeGreaterThanOrEqual(ratioMin);
  });
});

it("computes the known contrast of black on white", () => {
  const ends: Tokens = new Map([
    ["black", [0, 0, 0]],
    ["white", [1, 0, 0]],
  ]);
  expect(contrast(ends, "black", "white")).toBeCloseTo(21, 1);
});
