import "server-only";
import { errors } from "undici";
import { usualFault, type ErrorCode, type Fault } from "@/lib/domain/error-codes";
import { isErrorNamed } from "@/lib/server/is-error-named";

/** The codes that the client itself can find; `unexpected_status` is a judgement made elsewhere. */
export type OutboundErrorCode = Exclude<ErrorCode, "unexpected_status">;

/** Where a request was when it failed. `dns`, `connect` and `tls` happen only on a new connection. */
export type OutboundStage = "dns" | "connect" | "tls" | "headers" | "body";

export interface OutboundFailure {
  errorCode: OutboundErrorCode;
  /** One sentence for the developer who owns the endpoint: names the host, never a header, a path or a body. */
  errorMessage: string;
}

/** Raised by the connector when a name or literal leads to an address that is never called. */
export class BlockedAddressError extends Error {
  override name = "BlockedAddressError";
  static override [Symbol.hasInstance](value: unknown): value is BlockedAddressError {
    return isErrorNamed(value, "BlockedAddressError");
  }
}

/** Raised by `abort`, by a client that is shutting down, and by the deadline to stop what is still running. */
export class OutboundAbortError extends Error {
  override name = "OutboundAbortError";
  static override [Symbol.hasInstance](value: unknown): value is OutboundAbortError {
    return isErrorNamed(value, "OutboundAbortError");
  }
}

/**
 * Whose fault a failure is; null when there was none. Whatever keeps this process from trying (shutdown, no resources,
 * an error of ours) has the code `aborted`, so the code alone decides.
 */
export function faultOf(errorCode: OutboundErrorCode | null): Fault | null {
  return errorCode === null ? null : usualFault(errorCode);
}

const dnsCodes = new Set([
  "ENOTFOUND",
  "ENODATA",
  "ESERVFAIL",
  "EREFUSED",
  "ENONAME",
  "EBADNAME",
  "ETIMEOUT",
]);
const resetCodes = new Set(["ECONNRESET", "EPIPE", "ECONNABORTED", "ESHUTDOWN", "UND_ERR_SOCKET"]);
const unreachableCodes = new Set(["EHOSTUNREACH", "ENETUNREACH", "EHOSTDOWN", "ENETDOWN"]);
/** What this machine lacks or forbids. The receiver has not been asked, so it must not be blamed. */
const platformCodes: Record<string, string> = {
  EMFILE: "this server has run out of file descriptors",
  ENFILE: "this server has run out of file descriptors",
  ENOBUFS: "this server has run out of network buffers",
  ENOMEM: "this server has run out of memory",
  EAI_MEMORY: "this server has run out of memory",
  EADDRNOTAVAIL: "this server has run out of local ports",
  EAGAIN: "this server has run out of resources",
  EACCES: "a local rule forbids the connection",
  EPERM: "a local rule forbids the connection",
  EAFNOSUPPORT: "this server does not support the address family",
};

/** Sorts an error of Node, OpenSSL or undici into the contract's codes. `host` is `name:port` as shown to people. */
export function classifyFailure(error: unknown, stage: OutboundStage, host: string): OutboundFailure {
  const code = codeOf(error);
  if (error instanceof BlockedAddressError)
    return { errorCode: "blocked_address", errorMessage: error.message };
  if (error instanceof OutboundAbortError) return { errorCode: "aborted", errorMessage: error.message };
  if (code in platformCodes) return aborted(`Not sent: ${platformCodes[code]} (${code}).`);
  if (dnsCodes.has(code) || code.startsWith("EAI_"))
    return { errorCode: "dns", errorMessage: dnsMessage(host, code) };
  if (isBadResponse(error, code))
    return { errorCode: "bad_response", errorMessage: badResponse(error, code, host) };
  return connectionFailure(error, code, stage, host);
}

/** What had not happened when the deadline passed. `host` as for `classifyFailure`. */
export function timeoutMessage(stage: OutboundStage, host: string, timeoutMs: number): string {
  const limit = `${timeoutMs / 1000} s`;
  if (stage === "dns") return `No connection to ${host} within ${limit}: its name was still being resolved.`;
  if (stage === "connect") return `No connection to ${host} within ${limit}.`;
  if (stage === "tls") return `No connection to ${host} within ${limit}: the TLS handshake had not finished.`;
  if (stage === "headers") return `No response headers from ${host} within ${limit}.`;
  return `The response body from ${host} was still arriving after ${limit}.`;
}

function connectionFailure(
  error: unknown,
  code: string,
  stage: OutboundStage,
  host: string,
): OutboundFailure {
  if (code === "ECONNREFUSED") {
    return { errorCode: "connection_refused", errorMessage: `${host} refused the connection.` };
  }
  if (unreachableCodes.has(code)) {
    return { errorCode: "connection_refused", errorMessage: `There is no route to ${host} (${code}).` };
  }
  if (code === "ETIMEDOUT") {
    return { errorCode: "timeout", errorMessage: `The connection to ${host} timed out.` };
  }
  if (resetCodes.has(code)) {
    return {
      errorCode: "connection_reset",
      errorMessage: `${host} closed the connection ${whileDoing[stage]}.`,
    };
  }
  if (stage === "tls" || isTlsCode(code)) {
    return { errorCode: "tls", errorMessage: tlsMessage(error, code, host) };
  }
  return aborted(`Not sent: an internal error (${code || "unknown"}).`);
}

function aborted(errorMessage: string): OutboundFailure {
  return { errorCode: "aborted", errorMessage };
}

const whileDoing: Record<OutboundStage, string> = {
  dns: "at once",
  connect: "at once",
  tls: "during the TLS handshake",
  headers: "before it answered",
  body: "before its response was complete",
};

function dnsMessage(host: string, code: string): string {
  const name = host.replace(/:\d+$/, "");
  if (code === "EAI_AGAIN") return `The name ${name} could not be resolved: the DNS server did not answer.`;
  return `The name ${name} does not resolve to an address.`;
}

function isBadResponse(error: unknown, code: string): boolean {
  if (error instanceof errors.HTTPParserError) return true;
  if (code === "UND_ERR_HEADERS_OVERFLOW" || code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH") return true;
  return code === "UND_ERR_SOCKET" && /^bad (response|upgrade)$/.test(messageOf(error));
}

function badResponse(error: unknown, code: string, host: string): string {
  if (code === "UND_ERR_HEADERS_OVERFLOW") return `${host} sent more response headers than are accepted.`;
  if (code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH") {
    return `${host} sent a response that contradicts its content-length header.`;
  }
  if (code === "UND_ERR_SOCKET") return `${host} answered 100 or 101, which nobody had asked for.`;
  const detail = /\(([^()]*)\)$/.exec(messageOf(error))?.[1];
  return `${host} did not answer in valid HTTP/1.1${detail ? ` (${detail})` : ""}.`;
}

/** OpenSSL's verification results and handshake errors, in words. Others are shown by their code. */
const tlsReasons: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate chain ends in a self-signed certificate that is not trusted",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    "its certificate chain is incomplete (the intermediate certificate is missing)",
  UNABLE_TO_GET_ISSUER_CERT: "its certificate chain is incomplete",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its certificate was issued by an authority that is not trusted",
  CERT_HAS_EXPIRED: "its certificate has expired",
  CERT_NOT_YET_VALID: "its certificate is not valid yet",
  CERT_REVOKED: "its certificate has been revoked",
  ERR_SSL_WRONG_VERSION_NUMBER: "the port does not speak TLS (is it meant to be http?)",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "the port does not speak TLS (is it meant to be http?)",
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: "it offers no TLS version that is accepted (1.2 or newer)",
  ERR_SSL_UNSUPPORTED_PROTOCOL: "it offers no TLS version that is accepted (1.2 or newer)",
};

function tlsMessage(error: unknown, code: string, host: string): string {
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return `TLS with ${host} failed: its certificate is for another host name.`;
  }
  return `TLS with ${host} failed: ${tlsReasons[code] ?? (code || messageOf(error))}.`;
}

function isTlsCode(code: string): boolean {
  return (
    code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_") || code === "EPROTO" || code in tlsReasons
  );
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "";
}
