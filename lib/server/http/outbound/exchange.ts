import "server-only";
import type { Dispatcher } from "undici";
import type { Fault } from "@/lib/domain/error-codes";
import {
  classifyFailure,
  faultOf,
  timeoutMessage,
  type OutboundErrorCode,
  type OutboundFailure,
  type OutboundStage,
} from "./failure";
import { decodeHeaders, noHeaders, widen } from "./wire-response";

/** One HTTP request. Nothing is added to `headers` but what `wireHeaders` names. */
export interface OutboundRequest {
  /** Scheme, host and port as `URL.origin` spells them. */
  origin: string;
  /** Path and query as in the request line. */
  path: string;
  method: "POST" | "GET";
  /** Flat list: name, value, name, value. No host, connection or content-length. */
  headers: readonly string[];
  body: string | Buffer | null;
  /** One deadline in milliseconds, from dispatch to the last byte of the response. */
  timeoutMs: number;
}

/** Milliseconds to a tenth. The first three are null on a connection that was used before. */
export interface OutboundTimings {
  dnsMs: number | null;
  connectMs: number | null;
  tlsMs: number | null;
  /** From the request being written to the first byte of the response. */
  firstByteMs: number | null;
  /** From the first byte to the last: headers and body. */
  bodyMs: number | null;
}

/** What became of the request. With an `errorCode` the status and a part of the body may still be there. */
export interface OutboundResult {
  /** 0 when no response headers arrived. */
  readonly statusCode: number;
  readonly errorCode: OutboundErrorCode | null;
  readonly errorMessage: string | null;
  readonly fault: Fault | null;
  /** Flat list as received (names in their own case), each byte as one latin1 character. */
  readonly responseHeaders: readonly string[];
  /** At most the first `responseBytesMax` bytes, never decompressed. Null without a response. */
  readonly responseBody: Buffer | null;
  readonly bodyTruncated: boolean;
  readonly durationMs: number;
  readonly timings: OutboundTimings;
  /** The error behind `errorCode`, for the process log only. */
  readonly cause: unknown;
}

/** What an exchange needs from the client that carries it. */
export interface ExchangeCarrier {
  readonly responseBytesMax: number;
  readonly readBytesMax: number;
  /** Takes a finished exchange; its connection is freed, then `onSettled` runs, outside of any parser callback. */
  settle(exchange: OutboundExchange): void;
}

/** The connection's part of the story. The times belong to the exchange it carries now. */
export interface ExchangeConnection {
  readonly host: string;
  readonly stage: OutboundStage;
  readonly dnsMs: number | null;
  readonly connectMs: number | null;
  readonly tlsMs: number | null;
}

const noBytes = Buffer.alloc(0);

/** Before it answers, a server may say `102 Processing` or `103 Early Hints`. To read more of it costs only time. */
const interimResponsesMax = 100;

/**
 * One request, its undici handler and its result in a single object: at ten thousand a second every promise, closure
 * and copy per request shows. Subclass it, override `onSettled`, hand it to `dispatch`. Used once.
 */
export class OutboundExchange implements OutboundRequest, OutboundResult, Dispatcher.DispatchHandler {
  readonly origin: string;
  readonly path: string;
  readonly method: "POST" | "GET";
  readonly headers: readonly string[];
  readonly body: string | Buffer | null;
  readonly timeoutMs: number;

  statusCode = 0;
  errorCode: OutboundErrorCode | null = null;
  errorMessage: string | null = null;
  cause: unknown = null;
  responseHeaders = noHeaders;
  responseBody: Buffer | null = null;
  bodyTruncated = false;
  settled = false;
  /** True when the response did not end by itself, so that its connection cannot be used again. */
  cutShort = false;
  /** Set and cleared by the client. */
  connection: ExchangeConnection | null = null;

  #carrier: ExchangeCarrier | null = null;
  #deadline: NodeJS.Timeout | undefined = undefined;
  #interimCount = 0;
  #bodyBytesRead = 0;
  #keptBytes = 0;
  #startedAt = 0;
  #writtenAt = 0;
  #firstByteAt = 0;
  #endedAt = 0;
  #dnsMs: number | null = null;
  #connectMs: number | null = null;
  #tlsMs: number | null = null;

  constructor(request: OutboundRequest) {
    this.origin = request.origin;
    this.path = request.path;
    this.method = request.method;
    this.headers = request.headers;
    this.body = request.body;
    this.timeoutMs = request.timeoutMs;
  }

  /** Called once, never inside `dispatch`. An exception in it is a bug of ours and reaches the process as one. */
  onSettled(): void {}

  get fault(): Fault | null {
    return faultOf(this.errorCode);
  }

  get durationMs(): number {
    return tenths(this.#endedAt - this.#startedAt);
  }

  get timings(): OutboundTimings {
    const firstByteAt = this.#firstByteAt;
    return {
      dnsMs: this.#dnsMs,
      connectMs: this.#connectMs,
      tlsMs: this.#tlsMs,
      firstByteMs: firstByteAt === 0 ? null : tenths(firstByteAt - this.#writtenAt),
      bodyMs: firstByteAt === 0 ? null : tenths(this.#endedAt - firstByteAt),
    };
  }

  // From here on: called by the client and by undici, not by who owns the exchange.

  begin(carrier: ExchangeCarrier): void {
    if (this.#carrier) throw new Error("An OutboundExchange is used once.");
    this.#carrier = carrier;
    this.#startedAt = performance.now();
    this.#deadline = setTimeout(expire, this.timeoutMs, this);
  }

  fail(error: unknown): void {
    if (this.settled) return;
    this.cause = error;
    this.#finish(classifyFailure(error, this.#stage(), this.#host()));
  }

  expire(): void {
    if (this.settled) return;
    this.#finish({
      errorCode: "timeout",
      errorMessage: timeoutMessage(this.#stage(), this.#host(), this.timeoutMs),
    });
  }

  onRequestStart(): void {
    this.#writtenAt = performance.now();
  }

  // Also called for interim responses (1xx); the first byte of the first of them counts.
  onResponseStarted(): void {
    if (this.#firstByteAt === 0) this.#firstByteAt = performance.now();
  }

  onResponseStart(controller: Dispatcher.DispatchController, statusCode: number): void {
    if (this.settled) return;
    if (statusCode < 200) return this.#countInterim();
    this.statusCode = statusCode;
    this.responseBody = noBytes;
    this.responseHeaders = decodeHeaders(controller.rawHeaders);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.settled || !this.#carrier) return;
    const { responseBytesMax, readBytesMax } = this.#carrier;
    this.#bodyBytesRead += chunk.length;
    if (this.#keptBytes < responseBytesMax) this.#keep(chunk, responseBytesMax);
    if (this.#bodyBytesRead > responseBytesMax) this.bodyTruncated = true;
    if (this.#bodyBytesRead > readBytesMax) this.#finish(null);
  }

  onResponseEnd(): void {
    if (!this.settled) this.#finish(null, false);
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.fail(error);
  }

  #countInterim(): void {
    this.#interimCount += 1;
    if (this.#interimCount <= interimResponsesMax) return;
    const errorMessage = `${this.#host()} sent more interim responses than are accepted.`;
    this.#finish({ errorCode: "bad_response", errorMessage });
  }

  // Copied, because the chunk is a view into a socket buffer of 64 KiB that it would keep alive. Most responses are one
  // chunk; a second one gets room for all that may follow, so that a body in tiny chunks is not copied over and over.
  #keep(chunk: Buffer, bytesMax: number): void {
    const part = chunk.subarray(0, bytesMax - this.#keptBytes);
    if (this.#keptBytes === 0) {
      this.responseBody = Buffer.from(part);
    } else if (this.responseBody) {
      if (this.responseBody.length < bytesMax) this.responseBody = widen(this.responseBody, bytesMax);
      part.copy(this.responseBody, this.#keptBytes);
    }
    this.#keptBytes += part.length;
  }

  #finish(failure: OutboundFailure | null, cutShort = true): void {
    this.settled = true;
    this.#endedAt = performance.now();
    clearTimeout(this.#deadline);
    this.#deadline = undefined;
    this.cutShort = cutShort;
    if (this.responseBody) this.responseBody = this.responseBody.subarray(0, this.#keptBytes);
    if (failure) {
      this.errorCode = failure.errorCode;
      this.errorMessage = failure.errorMessage;
      if (this.statusCode !== 0) this.bodyTruncated = true;
    }
    this.#takeConnectionTimes();
    this.#carrier?.settle(this);
  }

  #takeConnectionTimes(): void {
    const connection = this.connection;
    if (!connection) return;
    this.#dnsMs = connection.dnsMs;
    this.#connectMs = connection.connectMs;
    this.#tlsMs = connection.tlsMs;
  }

  #stage(): OutboundStage {
    if (this.statusCode !== 0) return "body";
    if (this.#writtenAt !== 0) return "headers";
    return this.connection?.stage ?? "connect";
  }

  #host(): string {
    return this.connection?.host ?? this.origin.replace(/^\w+:\/\//, "");
  }
}

function expire(exchange: OutboundExchange): void {
  exchange.expire();
}

function tenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
