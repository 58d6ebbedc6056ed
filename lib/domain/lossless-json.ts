/**
 * Reading JSON without changing it. A number like 12345678901234567890, 1.10 or 1e400 is another one after
 * `JSON.parse`, so what is sent on is cut out of the text that was received. Every function here takes text that
 * `JSON.parse` has accepted, or a value that it made.
 */

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const comma = 0x2c;

/** The text of the member `key` of an object, or null; of several members with that name the last, as in `JSON.parse`. */
export function memberText(objectText: string, key: string): string | null {
  let at = skipSpace(objectText, 0);
  if (objectText.charCodeAt(at) !== openBrace) return null;
  let found: string | null = null;
  at = skipSpace(objectText, at + 1);
  while (objectText.charCodeAt(at) === quote) {
    const keyEnd = skipString(objectText, at);
    const start = skipSpace(objectText, skipSpace(objectText, keyEnd) + 1);
    const end = skipValue(objectText, start);
    if (isKey(objectText.slice(at, keyEnd), key)) found = objectText.slice(start, end);
    at = skipSpace(objectText, end);
    if (objectText.charCodeAt(at) === comma) at = skipSpace(objectText, at + 1);
  }
  return found;
}

/** The texts of an array's elements; empty when it is no array. */
export function elementTexts(arrayText: string): string[] {
  let at = skipSpace(arrayText, 0);
  if (arrayText.charCodeAt(at) !== openBracket) return [];
  const texts: string[] = [];
  at = skipSpace(arrayText, at + 1);
  while (at < arrayText.length && arrayText.charCodeAt(at) !== closeBracket) {
    const end = skipValue(arrayText, at);
    texts.push(arrayText.slice(at, end));
    at = skipSpace(arrayText, end);
    if (arrayText.charCodeAt(at) === comma) at = skipSpace(arrayText, at + 1);
  }
  return texts;
}

/** A key may be spelled with escapes. */
function isKey(spelled: string, key: string): boolean {
  return spelled.includes("\\") ? JSON.parse(spelled) === key : spelled.slice(1, -1) === key;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at;
    at += 1;
  }
}

/** From a string's opening quote to just after its closing one: a quote after an even number of backslashes. */
function skipString(text: string, from: number): number {
  let at = from;
  for (;;) {
    at = text.indexOf('"', at + 1);
    if (at === -1) return text.length;
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === backslash) slashes += 1;
    if (slashes % 2 === 0) return at + 1;
  }
}

function skipValue(text: string, from: number): number {
  const first = text.charCodeAt(from);
  if (first === quote) return skipString(text, from);
  if (first === openBrace || first === openBracket) return skipContainer(text, from);
  let at = from;
  while (at < text.length && !endsScalar(text.charCodeAt(at))) at += 1;
  return at;
}

function endsScalar(code: number): boolean {
  return code === comma || code === closeBrace || code === closeBracket || code <= 0x20;
}

/** Counts brackets without looking which kind closes which: the text is known to be JSON. */
function skipContainer(text: string, from: number): number {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      at = skipString(text, at);
      continue;
    }
    if (code === openBrace || code === openBracket) depth += 1;
    else if (code === closeBrace || code === closeBracket) depth -= 1;
    at += 1;
    if (depth === 0) return at;
  }
  return at;
}

/** The same JSON in text that UTF-8 can carry: lone surrogates, which can only stand in strings, become escapes. */
export function wellFormedJson(text: string): string {
  if (text.isWellFormed()) return text;
  // With the flag u, a surrogate of a pair is no match.
  return text.replace(/[\ud800-\udfff]/gu, (lone) => `\\u${lone.charCodeAt(0).toString(16)}`);
}

/** Whether the text may hold a number beyond what a double can, which `JSON.parse` makes infinite. */
const maybeHugePattern = /[eE]\+?\d{2}|\d{200}/;

/**
 * `value`, which was parsed from `text`, with the largest double in place of infinity: rules can then be checked
 * against a number that is one, while the text goes out as it is.
 */
export function withFiniteNumbers(value: unknown, text: string): unknown {
  return maybeHugePattern.test(text) ? finite(value) : value;
}

function finite(value: unknown): unknown {
  if (value === Infinity) return Number.MAX_VALUE;
  if (value === -Infinity) return -Number.MAX_VALUE;
  if (Array.isArray(value)) return value.map(finite);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, finite(member)]));
}

/** The JSON of an object (which has at least one member of its own) with one member more, whose text is given. */
export function jsonWithMember(object: object, key: string, text: string): string {
  return `${JSON.stringify(object).slice(0, -1)},${JSON.stringify(key)}:${text}}`;
}
