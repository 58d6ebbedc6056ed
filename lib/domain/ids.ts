/** The prefix of every public identifier (contract, section 4). */
export const idPrefixes = {
  organization: "org",
  user: "usr",
  endpoint: "ep",
  event: "evt",
  delivery: "dlv",
  attempt: "att",
  replay: "rpl",
  apiKey: "key",
  inbox: "inb",
  inboxRequest: "ibr",
  notice: "ntc",
  auditEntry: "aud",
  meeting: "mtg",
  serviceAccount: "sva",
} as const;

export type IdPrefix = (typeof idPrefixes)[keyof typeof idPrefixes];

/** Crockford's base 32 in lower case: the alphabet of the TypeID specification, version 0.3. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const hexDigits = "0123456789abcdef";
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** 26 digits hold 130 bits, so the first one carries only three: a larger one would not fit a UUID. */
const suffixPattern = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/;

/** Two base 32 digits for every 10 bits: half the lookups and half the joins of one digit at a time. */
const digitPairs = Array.from(
  { length: 1024 },
  (_, bits) => alphabet.charAt(bits >> 5) + alphabet.charAt(bits & 31),
);
const hexPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const hexValues = valuesByCharCode(hexDigits, hexDigits.toUpperCase());
const base32Values = valuesByCharCode(alphabet);

/** Digit values by character code; only read for texts that a pattern has checked. */
function valuesByCharCode(...spellings: string[]): Uint8Array {
  const values = new Uint8Array(128);
  for (const digits of spellings) {
    for (let value = 0; value < digits.length; value++) values[digits.charCodeAt(value)] = value;
  }
  return values;
}

/**
 * The TypeID of a UUID: `evt_01h455vb4pex5vsknk084sn02q`. Throws a TypeError when `uuid` is not a UUID in its
 * 36-character form: identifiers come from our own columns, so anything else is a bug.
 *
 * Written by hand because several identifiers are encoded for every delivery: 128 bits are 8 bits (two digits) and
 * six runs of 20 bits (five hex digits in, four base 32 digits out), so no bytes and no big integers are made.
 * `typeid-js` is the independent reference in the test.
 */
export function encodeId(prefix: IdPrefix, uuid: string): string {
  if (!uuidPattern.test(uuid)) throw new TypeError("An identifier can only be made of a UUID");
  return (
    `${prefix}_${digitPairs[(hexAt(uuid, 0) << 4) | hexAt(uuid, 1)]}` +
    fourDigits(uuid, 2, 3, 4, 5, 6) +
    fourDigits(uuid, 7, 9, 10, 11, 12) +
    fourDigits(uuid, 14, 15, 16, 17, 19) +
    fourDigits(uuid, 20, 21, 22, 24, 25) +
    fourDigits(uuid, 26, 27, 28, 29, 30) +
    fourDigits(uuid, 31, 32, 33, 34, 35)
  );
}

function fourDigits(uuid: string, a: number, b: number, c: number, d: number, e: number): string {
  const bits =
    (hexAt(uuid, a) << 16) |
    (hexAt(uuid, b) << 12) |
    (hexAt(uuid, c) << 8) |
    (hexAt(uuid, d) << 4) |
    hexAt(uuid, e);
  return digitPairs[bits >> 10]! + digitPairs[bits & 1023]!;
}

function hexAt(uuid: string, index: number): number {
  return hexValues[uuid.charCodeAt(index)]!;
}

/**
 * The UUID (lower case, with hyphens) inside a TypeID, or null when the text is malformed or has another prefix. Only
 * the canonical spelling is accepted (lower case, none of base 32's look-alike letters), so one object has one id.
 */
export function decodeId(prefix: IdPrefix, text: string): string | null {
  const start = prefix.length + 1;
  if (text.length !== start + 26 || !text.startsWith(`${prefix}_`)) return null;
  const suffix = text.slice(start);
  if (!suffixPattern.test(suffix)) return null;
  let hex = hexPairs[bitsOf(suffix, 0, 2)]!;
  for (let index = 2; index < 26; index += 4) hex += bitsOf(suffix, index, 4).toString(16).padStart(5, "0");
  return hyphenated(hex);
}

function bitsOf(digits: string, from: number, count: number): number {
  let bits = 0;
  for (let index = from; index < from + count; index++)
    bits = (bits << 5) | base32Values[digits.charCodeAt(index)]!;
  return bits;
}

const timestampMax = 2 ** 48 - 1;

/**
 * A version 7 UUID (RFC 9562): 48 bits of Unix milliseconds, then 74 of the 80 random bits given. Throws a RangeError
 * for a time outside 1970 to 10889 and for other than 10 random bytes.
 */
export function uuidV7(now: Date, random: Uint8Array): string {
  if (random.length !== 10) throw new RangeError("A version 7 UUID takes 10 random bytes");
  let hex = timestampHex(now) + hexPairs[0x70 | (random[0]! & 0x0f)] + hexPairs[random[1]!];
  hex += hexPairs[0x80 | (random[2]! & 0x3f)];
  for (let index = 3; index < 10; index++) hex += hexPairs[random[index]!];
  return hyphenated(hex);
}

/**
 * The smallest version 7 UUID of a millisecond. Every identifier made at `at` or later sorts at or after it, every
 * earlier one before it: the bound of partitions and time ranges.
 */
export function uuidV7Floor(at: Date): string {
  return hyphenated(`${timestampHex(at)}70008000000000000000`);
}

/** `uuidV7Floor` of a moment that somebody asked for: identifiers begin in 1970, and one before that means all of them. */
export function uuidV7FloorSince1970(at: Date): string {
  return uuidV7Floor(new Date(Math.max(0, at.getTime())));
}

/** The creation time inside a version 7 UUID. Throws a TypeError for any other UUID, which holds no such time. */
export function timeOfUuidV7(uuid: string): Date {
  if (!uuidPattern.test(uuid) || uuid.charAt(14) !== "7") throw new TypeError("Not a version 7 UUID");
  return new Date(Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16));
}

function timestampHex(at: Date): string {
  const milliseconds = at.getTime();
  if (!(milliseconds >= 0 && milliseconds <= timestampMax)) {
    throw new RangeError("A version 7 UUID holds times from 1970 to 10889");
  }
  return milliseconds.toString(16).padStart(12, "0");
}

function hyphenated(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
