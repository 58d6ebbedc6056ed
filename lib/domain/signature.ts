import { createHmac, createSecretKey, type KeyObject } from "node:crypto";
import { explainMismatch, isAmong } from "@/lib/domain/signature-mismatch";

const secretPrefix = "whsec_";
const base64Pattern = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const secretBytesMin = 24;
const secretBytesMax = 64;

/**
 * The HMAC key of a signing secret `whsec_<base64 of 24 to 64 bytes>`. Throws a TypeError whose message says what is
 * wrong with the secret and never repeats it. The key is the decoded bytes, not the text (Standard Webhooks).
 */
export function secretKey(secret: string): KeyObject {
  const problem = secretProblem(secret);
  if (problem !== null) throw new TypeError(problem);
  return createSecretKey(Buffer.from(secret.slice(secretPrefix.length), "base64"));
}

/** Why a text is no signing secret, as one sentence for a person, or null when it is one. */
export function secretProblem(secret: string): string | null {
  if (!secret.startsWith(secretPrefix)) {
    return secret.startsWith("whsk_") || secret.startsWith("whpk_")
      ? "The secret is an Ed25519 key (whsk_, whpk_); a signing secret starts with whsec_."
      : "The secret does not start with whsec_.";
  }
  const encoded = secret.slice(secretPrefix.length);
  if (!base64Pattern.test(encoded)) {
    return "The part of the secret after whsec_ is not base64; look for a lost character, a space or a line break.";
  }
  const size = Buffer.byteLength(encoded, "base64");
  if (size < secretBytesMin || size > secretBytesMax) {
    return `The secret holds ${size} bytes; it must hold ${secretBytesMin} to ${secretBytesMax}.`;
  }
  return null;
}

/** A new signing secret of 32 random bytes. Throws a RangeError for any other number of them. */
export function newSecret(random32: Uint8Array): string {
  if (random32.length !== 32) throw new RangeError("A signing secret takes 32 random bytes");
  return secretPrefix + Buffer.from(random32).toString("base64");
}

/** The Standard Webhooks signature of one request, `v1,<base64>`, over `id.timestampSeconds.body` as UTF-8. */
export function sign(key: KeyObject, id: string, timestampSeconds: number, body: string): string {
  return `v1,${createHmac("sha256", key).update(`${id}.${timestampSeconds}.${body}`).digest("base64")}`;
}

/** The `webhook-signature` header: one signature per valid secret, so that receivers can rotate at leisure. */
export function signatureHeader(
  keys: readonly KeyObject[],
  id: string,
  timestampSeconds: number,
  body: string,
): string {
  if (keys.length === 1) return sign(keys[0]!, id, timestampSeconds, body);
  return keys.map((key) => sign(key, id, timestampSeconds, body)).join(" ");
}

export type Verification = { valid: true } | { valid: false; reason: string };

/** One received request, as far as its signature goes. Header values are null when the header was not sent. */
export interface SignedRequest {
  /** Every secret that may have signed: the current one and, while a rotation overlaps, the one before. */
  secrets: readonly string[];
  /** `webhook-id` */
  id: string | null;
  /** `webhook-timestamp`, Unix seconds */
  timestampSeconds: number | string | null;
  /** The raw body, exactly as received. */
  body: string;
  /** `webhook-signature` */
  header: string | null;
  now: Date;
  /** How far the timestamp may be from `now`, either way. Infinity asks about the signature alone. */
  toleranceSeconds?: number;
}

const secondsMax = 9_999_999_999;

/**
 * Whether a request carries a Standard Webhooks signature by one of the secrets, and if not, why, in a sentence a
 * developer can act on. Never throws, whatever the request says. The comparison takes constant time. The signature is
 * looked at before the age, because of two problems the wrong signature is the one to solve first.
 */
export function verifySignature(request: SignedRequest): Verification {
  const problem = firstProblem(request);
  return problem === null ? { valid: true } : { valid: false, reason: problem };
}

function firstProblem({
  secrets,
  id,
  timestampSeconds,
  body,
  header,
  now,
  toleranceSeconds = 300,
}: SignedRequest) {
  if (secrets.length === 0) return "There is no secret to check the signature with.";
  for (const secret of secrets) {
    const problem = secretProblem(secret);
    if (problem !== null) return problem;
  }
  if (!id) return "The header webhook-id is missing.";
  const timestamp = parseTimestamp(timestampSeconds);
  if (typeof timestamp === "string") return timestamp;
  const signatures = parseSignatures(header);
  if (typeof signatures === "string") return signatures;

  const keys = secrets.map(secretKey);
  const content = `${id}.${timestamp}.${body}`;
  const matched = keys.some((key) => isAmong(createHmac("sha256", key).update(content).digest(), signatures));
  if (!matched) return explainMismatch({ secrets, keys, id, timestampSeconds: timestamp, body, signatures });
  return ageProblem(timestamp, now, toleranceSeconds);
}

/** The seconds, or what is wrong with them. */
function parseTimestamp(value: number | string | null): number | string {
  if (value === null || value === "") return "The header webhook-timestamp is missing.";
  const text = String(value);
  if (!/^\d{1,16}$/.test(text)) return "The header webhook-timestamp is not a whole number of Unix seconds.";
  const seconds = Number(text);
  if (seconds > secondsMax) return "The header webhook-timestamp is in milliseconds; it must be in seconds.";
  return seconds;
}

/** The bytes of every v1 signature in the header, or what is wrong with it. */
function parseSignatures(header: string | null): Buffer[] | string {
  const entries = (header ?? "").split(" ").filter((entry) => entry !== "");
  if (entries.length === 0) return "The header webhook-signature is missing.";
  const ours = entries.filter((entry) => entry.startsWith("v1,"));
  if (ours.length === 0) {
    return entries.some((entry) => entry.startsWith("v1a,"))
      ? "The header webhook-signature has only an Ed25519 signature (v1a), which needs a public key, not this secret."
      : "The header webhook-signature has no entry of the form v1,<base64>.";
  }
  const signatures = ours
    .map((entry) => signatureBytes(entry.slice("v1,".length)))
    .filter((bytes) => bytes !== null);
  if (signatures.length > 0) return signatures;
  return ours.some((entry) => /^v1,[0-9a-f]{64}$/i.test(entry))
    ? "The signature is hexadecimal; it must be base64."
    : "The signature is not base64 of 32 bytes; look for a lost character, or + and / that were changed in transport.";
}

/** Strict: Buffer would skip what is not base64 and accept another spelling of the same bytes. */
function signatureBytes(text: string): Buffer | null {
  const bytes = Buffer.from(text, "base64");
  return bytes.length === 32 && bytes.toString("base64") === text ? bytes : null;
}

function ageProblem(timestamp: number, now: Date, toleranceSeconds: number): string | null {
  const ageSeconds = Math.floor(now.getTime() / 1000) - timestamp;
  if (ageSeconds > toleranceSeconds) {
    return (
      `The signature is right, but the timestamp is ${ageSeconds} s old; more than ${toleranceSeconds} s is refused ` +
      "as a possible replay. Look at the clock of this machine."
    );
  }
  if (-ageSeconds > toleranceSeconds) {
    return (
      `The signature is right, but the timestamp is ${-ageSeconds} s in the future; more than ${toleranceSeconds} s is ` +
      "refused. Look at the clock of this machine."
    );
  }
  return null;
}
