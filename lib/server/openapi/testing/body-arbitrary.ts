import fc from "fast-check";
import { oddText, oddValue } from "./odd-values";

type Json = Record<string, unknown>;

/** A body's bytes: what the schema allows, then something wrong with a value, with the text, or with the bytes. */
export function bodyOf(valid: fc.Arbitrary<unknown>): fc.Arbitrary<Buffer> {
  const text = valid.map((value) => JSON.stringify(value));
  return fc.oneof(
    { arbitrary: text.map((given) => Buffer.from(given)), weight: 3 },
    { arbitrary: damagedValue(valid).map((value) => Buffer.from(JSON.stringify(value) ?? "")), weight: 5 },
    { arbitrary: damagedText(text).map((given) => Buffer.from(given)), weight: 2 },
    { arbitrary: damagedBytes(text), weight: 1 },
  );
}

/** One change anywhere inside: another value, a field too few, a field too many. */
function damagedValue(valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(valid, fc.nat(), fc.constantFrom("replace", "remove", "add"), oddText, oddValue)
    .map(([value, where, how, key, odd]) => {
      const copy = JSON.parse(JSON.stringify(value)) as unknown;
      const places = placesIn(copy);
      const place = places[where % (places.length + 1)];
      if (!place) return odd;
      if (how === "replace") place.holder[place.key] = odd;
      else if (how === "remove") Reflect.deleteProperty(place.holder, place.key);
      // An array's length is no member that it could have too many.
      else if (key !== "length") Object.defineProperty(place.holder, key, { value: odd, enumerable: true });
      return copy;
    });
}

/** Every member of every object and array in a value. */
function placesIn(value: unknown): { holder: Json; key: string }[] {
  if (typeof value !== "object" || value === null) return [];
  const holder = value as Json;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])]);
}

/** JSON that `JSON.stringify` would not write, and what is nearly JSON. */
function damagedText(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const odd = [
    '{"a":1,"a":2}',
    '{"__proto__":{"admin":true}}',
    '"\\ud800"',
    "1e999",
    "-1e999",
    "9".repeat(5_000),
    `{"timeoutSeconds":${"9".repeat(400)}}`,
    "[".repeat(100_000),
    '{"a":'.repeat(5_000),
    `${"[".repeat(65)}${"]".repeat(65)}`,
    "NaN",
    "{'a':1}",
    '{"a":1,}',
    "{}{}",
    "/* */{}",
    "\ufeff{}",
    " \n\t",
    "",
  ];
  const cut = fc.tuple(text, fc.nat()).map(([given, at]) => given.slice(0, at % (given.length + 1)));
  const stuffed = fc.tuple(text, fc.nat(), oddText).map(([given, where, extra]) => {
    const at = where % (given.length + 1);
    return given.slice(0, at) + extra + given.slice(at);
  });
  const bigNumbers = text.map((given) => given.replace(/\d+/, "12345678901234567890123456789e99"));
  return fc.oneof(fc.constantFrom(...odd), cut, stuffed, bigNumbers);
}

function damagedBytes(text: fc.Arbitrary<string>): fc.Arbitrary<Buffer> {
  const flipped = fc.tuple(text, fc.nat(), fc.integer({ min: 0, max: 255 })).map(([given, where, byte]) => {
    const bytes = Buffer.from(given);
    if (bytes.length > 0) bytes[where % bytes.length] = byte;
    return bytes;
  });
  const utf16 = text.map((given) => Buffer.from(`\ufeff${given}`, "utf16le"));
  const large = fc.constantFrom(1024 * 1024 - 1, 1024 * 1024 + 1).map((size) => Buffer.alloc(size, "["));
  return fc.oneof(
    { arbitrary: flipped, weight: 6 },
    { arbitrary: utf16, weight: 2 },
    { arbitrary: fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)), weight: 4 },
    { arbitrary: large, weight: 1 },
  );
}
