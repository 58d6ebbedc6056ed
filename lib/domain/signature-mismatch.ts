import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from "node:crypto";

/** What the signature should have been made of, with the header's signatures that it was compared to. */
export interface Mismatch {
  /** The texts, `whsec_...`. */
  secrets: readonly string[];
  /** The keys of these texts. */
  keys: readonly KeyObject[];
  id: string;
  timestampSeconds: number;
  body: string;
  signatures: readonly Buffer[];
}

const bodyChanged = "The secret is right, but the body is not the one that was signed: ";
const verifyRawBody = " Verify the raw bytes of the request, before any parser or middleware touches them.";

/**
 * Why no signature matched, as one sentence or two for the developer. A hash cannot be asked, so the mistakes that
 * receivers really make are made here on purpose, one after the other, until one explains the signature.
 */
export function explainMismatch(mismatch: Mismatch): string {
  const { secrets, keys, id, timestampSeconds, body } = mismatch;
  const signedWith = (candidates: readonly KeyObject[], content: string) =>
    candidates.some((key) =>
      isAmong(createHmac("sha256", key).update(content).digest(), mismatch.signatures),
    );

  for (const [how, variant] of bodyVariants(body)) {
    if (signedWith(keys, `${id}.${timestampSeconds}.${variant}`)) return bodyChanged + how + verifyRawBody;
  }
  const texts = secrets.flatMap((secret) => [secret, secret.replace("whsec_", "")]);
  const textKeys = texts.map((text) => createSecretKey(Buffer.from(text)));
  if (signedWith(textKeys, `${id}.${timestampSeconds}.${body}`)) {
    return "The signature was made with the text of the secret; the key is the base64-decoded bytes after whsec_.";
  }
  if (signedWith(keys, body)) {
    return "Only the body was signed; the signed content is the id, the timestamp and the body, joined by dots.";
  }
  if (signedWith(keys, `${timestampSeconds}.${body}`) || signedWith(keys, `${id}.${body}`)) {
    return "The id or the timestamp was left out; the signed content is id, timestamp and body, joined by dots.";
  }
  if (signedWith(keys, `${id}.${timestampSeconds * 1000}.${body}`)) {
    return "The signed timestamp is in milliseconds; it must be in seconds.";
  }
  return (
    "No signature matches: the secret belongs to another endpoint or was rotated, " +
    "or the id, the timestamp or the body was changed after signing."
  );
}

/** Whether `signature` is one of `candidates`, in a time that does not depend on where they differ. */
export function isAmong(signature: Buffer, candidates: readonly Buffer[]): boolean {
  let found = false;
  for (const candidate of candidates) {
    const same = candidate.length === signature.length && timingSafeEqual(candidate, signature);
    found = same || found;
  }
  return found;
}

/** What frameworks and editors do to a body between the socket and the check. */
function bodyVariants(body: string): [how: string, variant: string][] {
  const variants: [string, string][] = [
    ["a line break at its end was added.", body.replace(/\r?\n$/, "")],
    ["a line break at its end was lost.", `${body}\n`],
    ["a byte order mark was added.", body.replace(/^\uFEFF/, "")],
    ["white space around it was added.", body.trim()],
    ["its line breaks were changed.", body.replaceAll("\r\n", "\n")],
    ["its line breaks were changed.", body.replaceAll(/\r?\n/g, "\r\n")],
  ];
  for (const [indent, text] of serializations(body)) variants.push([indent, text]);
  return variants.filter(([, variant]) => variant !== body);
}

function serializations(body: string): [string, string][] {
  const how = "it was parsed and serialized again (JSON.stringify gives other bytes).";
  try {
    const value: unknown = JSON.parse(body);
    const texts = [undefined, 2, 4, "\t"].map((indent) => JSON.stringify(value, null, indent));
    const variants: [string, string][] = texts.map((text) => [how, text]);
    if (typeof value === "string") variants.push(["it was wrapped into a JSON string.", value]);
    return variants;
  } catch {
    // Not JSON, or nested too deeply to be written again.
    return [];
  }
}
