/** Why an attempt failed, in the words of the contract (section 5, the attempt object). */
export const errorCodes = [
  "timeout",
  "connection_refused",
  "connection_reset",
  "dns",
  "tls",
  "blocked_address",
  "bad_response",
  "unexpected_status",
  "aborted",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Whose failure it was: the receiver answered wrongly, the network did not get us there, or we could not try. */
export const faults = ["receiver", "network", "platform"] as const;

export type Fault = (typeof faults)[number];

export const outcomes = ["succeeded", "failed"] as const;

/** How an attempt ended. */
export type Outcome = (typeof outcomes)[number];

const usualFaults: Record<ErrorCode, Fault> = {
  timeout: "network",
  connection_refused: "network",
  connection_reset: "network",
  dns: "network",
  tls: "network",
  blocked_address: "receiver",
  bad_response: "receiver",
  unexpected_status: "receiver",
  aborted: "platform",
};

/**
 * Whose failure an error code usually is. The sender of a request knows more: a connect that failed because this
 * machine ran out of sockets is the platform's, whatever its code.
 */
export function usualFault(errorCode: ErrorCode): Fault {
  return usualFaults[errorCode];
}

/** What each code means and what to look at, for pages and documentation. */
export const errorCodeAdvice: Record<ErrorCode, { title: string; advice: string }> = {
  timeout: {
    title: "Timed out",
    advice: "Answer first and do the work afterwards: the whole exchange has to fit the endpoint's timeout.",
  },
  connection_refused: {
    title: "Connection refused",
    advice:
      "Nothing listens on that host and port. Check that the server runs and that a firewall lets us in.",
  },
  connection_reset: {
    title: "Connection lost",
    advice:
      "The connection was closed before the answer was complete. Check the server and any proxy before it.",
  },
  dns: {
    title: "Host name not found",
    advice: "The name did not resolve. Check its spelling and its DNS records.",
  },
  tls: {
    title: "TLS failed",
    advice: "No trusted, encrypted connection came about. Check the certificate's names, dates and chain.",
  },
  blocked_address: {
    title: "Address not allowed",
    advice:
      "The host resolves to an address that is not public. Use a public address, or have the operator allow it.",
  },
  bad_response: {
    title: "Not a valid HTTP response",
    advice:
      "What came back was not HTTP, or its headers were too large. Check that the URL leads to a web server.",
  },
  unexpected_status: {
    title: "Unexpected status",
    advice: "The answer's status does not count as success for this endpoint.",
  },
  aborted: {
    title: "Interrupted on our side",
    advice: "The request was stopped on our side. It does not count against the endpoint.",
  },
};
