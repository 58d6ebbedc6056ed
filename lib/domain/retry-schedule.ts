/** A schedule is spread by up to this share either way, so that what failed together does not return together. */
const jitterShare = 0.1;
const retryAfterMsMax = 24 * 60 * 60 * 1000;
/** Only these ask the sender to come back later (RFC 9110 and RFC 6585); on others the header means something else. */
const throttlingStatuses: readonly number[] = [429, 503];

export interface RetryInput {
  /** The waits in milliseconds before retry 1, 2, ... */
  scheduleMs: readonly number[];
  /** The zero-based number of the attempt that has just failed. */
  deliveryAttempt: number;
  now: Date;
  /** 0 to 1 */
  random: number;
  /** The `Retry-After` header of the response, or null. */
  retryAfter: string | null;
  /** 0 when there was no response. */
  statusCode: number;
}

/**
 * When a failed delivery is tried next, or null when the schedule is used up. `Retry-After` on 429 and 503 can only
 * delay it, by at most 24 hours from now; a header that cannot be read is ignored.
 */
export function nextAttemptAt({
  scheduleMs,
  deliveryAttempt,
  now,
  random,
  retryAfter,
  statusCode,
}: RetryInput): Date | null {
  const waitMs = scheduleMs[deliveryAttempt];
  if (waitMs === undefined) return null;
  const jitteredMs = Math.round(waitMs * (1 + jitterShare * (2 * random - 1)));
  const askedMs = throttlingStatuses.includes(statusCode) ? retryAfterMs(retryAfter, now) : 0;
  return new Date(now.getTime() + Math.max(jitteredMs, Math.min(askedMs, retryAfterMsMax)));
}

/** The wait that a `Retry-After` header asks for: whole seconds or an HTTP date; 0 when it asks for none. */
function retryAfterMs(header: string | null, now: Date): number {
  const text = header?.trim() ?? "";
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const at = parseHttpDate(text);
  return at === null ? 0 : Math.max(0, at - now.getTime());
}

const imfDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
const rfc850Date = /^[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/;
const asctimeDate = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/;

/**
 * The three date forms of RFC 9110, section 5.6.7, and nothing else that Date.parse would guess at. The asctime form
 * names no zone and means UTC, where Date.parse would take the zone of this machine.
 */
function parseHttpDate(text: string): number | null {
  const isUtc = imfDate.test(text) || rfc850Date.test(text);
  if (!isUtc && !asctimeDate.test(text)) return null;
  const at = Date.parse(isUtc ? text : `${text} GMT`);
  return Number.isNaN(at) ? null : at;
}
