import fc from "fast-check";

/** Text that programs stumble over. */
export const oddTexts: readonly string[] = [
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\udc00\ud800",
  "\ufeff",
  "\u202egnp.exe",
  "e\u0301".repeat(40),
  "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}",
  "\u001b[31mred\u001b[0m",
  "\r\nx-injected: 1",
  "__proto__",
  "constructor",
  "$where",
  "../../../etc/passwd",
  "%00",
  "%",
  "' OR 1=1; --",
  "<script>alert(1)</script>",
  "${jndi:ldap://127.0.0.1/a}",
  "9".repeat(400),
  "-0",
  "1e999",
  "NaN",
  "null",
  "true",
  "*",
  "a.".repeat(60) + "a",
  "0000-01-01T00:00:00Z",
  "9999-12-31T23:59:59.999Z",
  "2026-02-30T00:00:00Z",
  "+275760-09-13T00:00:00.000Z",
  "2026-01-01T00:00:00+23:59",
  "http://127.0.0.1:1/",
  "http://[::1]:1/",
  "http://user:password@localhost/",
  "file:///etc/passwd",
  "gopher://localhost/",
  "http://0x7f.1:99999/",
  "x".repeat(70_000),
];

export const oddText: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constantFrom(...oddTexts), weight: 3 },
  { arbitrary: fc.string({ unit: "binary", maxLength: 40 }), weight: 1 },
  { arbitrary: fc.string({ unit: "grapheme", maxLength: 40 }), weight: 1 },
);

/** JSON values of every type, each of them unlikely to be expected. */
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  oddText,
  fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { "": "" }),
  fc.constantFrom(0, -1, 1.5, 1e21, 1e308, -1e308, 5e-324, 2 ** 53, 2 ** 31, -(2 ** 63)),
  fc.integer({ min: 1, max: 200 }).map(nested),
  fc.jsonValue(),
);

function nested(levels: number): unknown {
  let value: unknown = levels % 2 === 0 ? {} : [];
  for (let level = 1; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}
