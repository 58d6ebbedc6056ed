import { describe, expect, it, vi } from "vitest";
import { BlockedAddressError, classifyFailure, faultOf, OutboundAbortError } from "./failure";

function failed(code: string): Error {
  return Object.assign(new Error(`${code} with secrets: /path?token=abc`), { code });
}

describe("classifyFailure", () => {
  it.each([
    ["ENOTFOUND", "dns", "dns"],
    ["EAI_AGAIN", "dns", "dns"],
    ["EAI_FAIL", "dns", "dns"],
    ["ECONNREFUSED", "connect", "connection_refused"],
    ["EHOSTUNREACH", "connect", "connection_refused"],
    ["ENETUNREACH", "connect", "connection_refused"],
    ["ETIMEDOUT", "connect", "timeout"],
    ["ETIMEDOUT", "headers", "timeout"],
    ["ECONNRESET", "tls", "connection_reset"],
    ["ECONNRESET", "body", "connection_reset"],
    ["EPIPE", "headers", "connection_reset"],
    ["UND_ERR_SOCKET", "headers", "connection_reset"],
    ["EPROTO", "tls", "tls"],
    ["ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE", "tls", "tls"],
    ["CERT_SIGNATURE_FAILURE", "tls", "tls"],
    ["ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC", "body", "tls"],
    ["UND_ERR_HEADERS_OVERFLOW", "headers", "bad_response"],
    ["UND_ERR_RES_CONTENT_LENGTH_MISMATCH", "body", "bad_response"],
  ] as const)("sorts %s while in %s as %s", (code, stage, errorCode) => {
    const failure = classifyFailure(failed(code), stage, "hooks.example:8443");
    expect(failure.errorCode).toBe(errorCode);
    expect(failure.errorMessage).toMatch(/hooks\.example.*\.$/);
    expect(failure.errorMessage).not.toMatch(/secret|token|undefined/);
  });

  it.each(["EMFILE", "ENFILE", "ENOBUFS", "ENOMEM", "EADDRNOTAVAIL", "EAI_MEMORY", "EPERM"])(
    "takes %s upon ourselves at every stage",
    (code) => {
      for (const stage of ["dns", "connect", "tls", "headers", "body"] as const) {
        const { errorCode, errorMessage } = classifyFailure(failed(code), stage, "hooks.example");
        expect(faultOf(errorCode)).toBe("platform");
        expect(errorMessage).toContain(`(${code})`);
      }
    },
  );

  it.each([new TypeError("x is not a function"), "a string", null, undefined, { code: 7 }])(
    "takes an error that nobody expects upon ourselves: %s",
    (error) => {
      expect(classifyFailure(error, "headers", "hooks.example")).toEqual({
        errorCode: "aborted",
        errorMessage: "Not sent: an internal error (unknown).",
      });
    },
  );

  it("passes on the sentence of a refused address and of an abort", () => {
    expect(classifyFailure(new BlockedAddressError("10.0.0.1 is private."), "dns", "x")).toEqual({
      errorCode: "blocked_address",
      errorMessage: "10.0.0.1 is private.",
    });
    expect(classifyFailure(new OutboundAbortError("Stopped."), "body", "x")).toEqual({
      errorCode: "aborted",
      errorMessage: "Stopped.",
    });
  });

  it("knows both from another copy of this module, as the client and a test of an endpoint have in a build", async () => {
    vi.resetModules();
    const copy = await import("./failure");
    expect(copy.BlockedAddressError).not.toBe(BlockedAddressError);
    expect(classifyFailure(new copy.BlockedAddressError("10.0.0.1 is private."), "dns", "x")).toEqual({
      errorCode: "blocked_address",
      errorMessage: "10.0.0.1 is private.",
    });
    expect(classifyFailure(new copy.OutboundAbortError("Stopped."), "body", "x").errorMessage).toBe(
      "Stopped.",
    );
    expect(new copy.OutboundAbortError("Stopped.")).not.toBeInstanceOf(BlockedAddressError);
  });
});

it("has no fault without a failure", () => {
  expect(faultOf(null)).toBeNull();
  expect(faultOf("timeout")).toBe("network");
  expect(faultOf("blocked_address")).toBe("receiver");
});
