import "server-only";
import type { z } from "zod";
import { secretKey, secretProblem, sign, verifySignature } from "@/lib/domain/signature";
import type { SignatureCheckIn, SignatureCheckOut } from "@/lib/schemas/signature-check";
import { utcTime } from "@/lib/format/utc-time";

/**
 * Whether pasted parts of a request verify, and if not, why. The age is told but does not decide: what one debugs is
 * from a while ago. Nothing of it is stored.
 */
export function debugSignature(
  { secret, id, timestamp, signature, body }: z.output<typeof SignatureCheckIn>,
  now: Date,
): SignatureCheckOut {
  const problem = secretProblem(secret);
  if (problem !== null) return { valid: false, verdict: problem, expected: null };
  const verification = verifySignature({
    secrets: [secret],
    id: id || null,
    timestampSeconds: timestamp || null,
    body,
    header: signature || null,
    now,
    toleranceSeconds: Infinity,
  });
  const seconds = /^\d{1,10}$/.test(timestamp) ? Number(timestamp) : null;
  const expected = seconds === null || id === "" ? null : sign(secretKey(secret), id, seconds, body);
  if (!verification.valid) return { valid: false, verdict: verification.reason, expected };
  return { valid: true, verdict: `The signature is right.${ageNote(seconds, now)}`, expected };
}

/** Receivers refuse what is more than five minutes off. */
function ageNote(seconds: number | null, now: Date): string {
  if (seconds === null || Math.abs(now.getTime() / 1000 - seconds) <= 300) return "";
  const sentAt = utcTime(new Date(seconds * 1000));
  return ` It was made at ${sentAt}: a receiver that checks the age accepts it only within five minutes of that.`;
}
