import { usualFault, type ErrorCode, type Fault, type Outcome } from "@/lib/domain/error-codes";

export type { ErrorCode, Fault, Outcome } from "@/lib/domain/error-codes";

/** Which statuses an endpoint counts as success. */
export type SuccessStatus = "200" | "2xx";

/** What the sender of the request saw. */
export interface AttemptResult {
  /** 0 when there was no complete status line. */
  statusCode: number;
  /** Null when a response was read as far as it had to be. */
  errorCode: ErrorCode | null;
  /** Null when there is no error or nothing more is known than its code. */
  fault: Fault | null;
}

export interface Judgement {
  outcome: Outcome;
  errorCode: ErrorCode | null;
  fault: Fault | null;
}

/**
 * Whether an attempt succeeded. A transport error outweighs the status: a 200 whose body never ended is a failure.
 * Judging a judgement changes nothing.
 */
export function judgeAttempt(
  { statusCode, errorCode, fault }: AttemptResult,
  successStatus: SuccessStatus,
): Judgement {
  if (errorCode !== null && errorCode !== "unexpected_status") {
    return { outcome: "failed", errorCode, fault: fault ?? usualFault(errorCode) };
  }
  // Neither an answer nor an error: the sender is at fault, and the endpoint must not pay for it.
  if (statusCode === 0) return { outcome: "failed", errorCode: "aborted", fault: "platform" };
  if (countsAsSuccess(statusCode, successStatus))
    return { outcome: "succeeded", errorCode: null, fault: null };
  return { outcome: "failed", errorCode: "unexpected_status", fault: "receiver" };
}

function countsAsSuccess(statusCode: number, successStatus: SuccessStatus): boolean {
  return successStatus === "200" ? statusCode === 200 : statusCode >= 200 && statusCode <= 299;
}

export interface Failure {
  statusCode: number;
  errorCode: ErrorCode | null;
  /** What the sender of the request wrote about a transport error, if anything. */
  errorMessage?: string | null;
  successStatus: SuccessStatus;
}

/** Why an attempt failed, as one sentence for pages and mails, without a full stop at its end. */
export function describeFailure({ statusCode, errorCode, errorMessage, successStatus }: Failure): string {
  if (errorCode === null || errorCode === "unexpected_status")
    return describeStatus(statusCode, successStatus);
  const message = errorMessage?.trim().replace(/\.$/, "");
  return message || transportSentences[errorCode];
}

const transportSentences: Record<Exclude<ErrorCode, "unexpected_status">, string> = {
  timeout: "The endpoint did not answer in time",
  connection_refused: "The endpoint refused the connection",
  connection_reset: "The connection was closed before the answer was complete",
  dns: "The host name of the endpoint did not resolve",
  tls: "No trusted TLS connection to the endpoint came about",
  blocked_address: "The endpoint's address is not a public one and is not allowed",
  bad_response: "The endpoint answered something that is not valid HTTP",
  aborted: "The attempt was interrupted on our side",
};

const statusSentences: Record<number, string> = {
  400: "The endpoint answered 400: it did not accept the request",
  401: "The endpoint answered 401: it asks for credentials that the request does not carry",
  403: "The endpoint answered 403: it does not allow the request",
  404: "The endpoint answered 404: there is nothing at this URL",
  405: "The endpoint answered 405: it does not accept POST at this URL",
  408: "The endpoint answered 408: it gave up waiting for the request",
  410: "The endpoint answered 410: it asks not to be called again",
  413: "The endpoint answered 413: the body is too large for it",
  415: "The endpoint answered 415: it does not accept application/json",
  422: "The endpoint answered 422: it read the event and did not accept it",
  429: "The endpoint answered 429: it receives more than it wants",
  502: "The endpoint answered 502: a proxy could not reach the server behind it",
  503: "The endpoint answered 503: it is not available now",
  504: "The endpoint answered 504: a proxy waited too long for the server behind it",
};

function describeStatus(statusCode: number, successStatus: SuccessStatus): string {
  if (statusCode === 0) return "There was no answer from the endpoint";
  const sentence = statusSentences[statusCode];
  if (sentence !== undefined) return sentence;
  if (statusCode >= 200 && statusCode <= 299 && successStatus === "200") {
    return `The endpoint answered ${statusCode} and only 200 counts as success here`;
  }
  if (statusCode >= 300 && statusCode <= 399) {
    return `The endpoint answered ${statusCode} and redirects are not followed`;
  }
  if (statusCode >= 500) return `The endpoint answered ${statusCode}: it failed while handling the request`;
  const wanted = successStatus === "200" ? "only 200 counts" : "only 200 to 299 count";
  return `The endpoint answered ${statusCode} and ${wanted} as success here`;
}
