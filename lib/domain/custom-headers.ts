/** Rules for the request headers that an endpoint adds, and for the header that carries its challenge. */

export const customHeadersMax = 20;
const nameLengthMax = 100;
const valueLengthMax = 2048;

/** RFC 9110, section 5.6.2. */
const tokenPattern = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** Visible ASCII with single spaces or tabs inside: what every HTTP implementation passes on unchanged. */
const valuePattern = /^[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?$/;

/** Headers of the connection and the message (RFC 9110, section 7.6.1), and those that the sender itself writes. */
const reservedNames = new Set([
  "host",
  "connection",
  "keep-alive",
  "proxy-connection",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "expect",
  "http2-settings",
  "user-agent",
]);
const reservedPrefixes = ["webhook-", "content-"];

/** Why a header of this name cannot be added, as a sentence without a subject; null when it can. */
export function headerNameProblem(name: string): string | null {
  const problem = tokenProblem(name);
  if (problem !== null) return problem;
  const lower = name.toLowerCase();
  if (reservedNames.has(lower) || reservedPrefixes.some((prefix) => lower.startsWith(prefix))) {
    return "is a header that Posthorn or the connection sets; choose another name";
  }
  return null;
}

/** As `headerNameProblem`, for a value. Never repeats the value, which is a secret. */
export function headerValueProblem(value: string): string | null {
  if (value.length > valueLengthMax) return `has a value longer than ${valueLengthMax} characters`;
  if (!valuePattern.test(value)) {
    return "needs a value of visible ASCII characters, without spaces at its ends";
  }
  return null;
}

/** The header that carries a challenge: `webhook-verification-challenge` by default, or any free name. */
export function challengeHeaderProblem(name: string): string | null {
  const problem = tokenProblem(name);
  if (problem !== null) return problem;
  const lower = name.toLowerCase();
  const isSigned = ["webhook-id", "webhook-timestamp", "webhook-signature"].includes(lower);
  if (isSigned || reservedNames.has(lower) || lower.startsWith("content-")) {
    return "is a header with another meaning; choose another name";
  }
  return null;
}

function tokenProblem(name: string): string | null {
  if (name === "" || name.length > nameLengthMax) return `must have 1 to ${nameLengthMax} characters`;
  return tokenPattern.test(name) ? null : "is not a header name: use letters, digits and hyphens";
}
