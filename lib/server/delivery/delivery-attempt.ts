import "server-only";
import { randomBytes } from "node:crypto";
import { describeFailure, judgeAttempt, type Judgement } from "@/lib/domain/attempt-outcome";
import { buildEnvelope } from "@/lib/domain/envelope";
import { encodeId } from "@/lib/domain/ids";
import { signatureHeader } from "@/lib/domain/signature";
import type { ClaimedDelivery } from "@/lib/server/db/claim-deliveries";
import type { AttemptRecord } from "@/lib/server/db/record-attempts";
import { OutboundExchange, type OutboundRequest } from "@/lib/server/http/outbound/exchange";
import { wireHeaders } from "@/lib/server/http/outbound/wire-request";
import type { LeasedDelivery } from "./claimer";
import type { Engine } from "./engine";
import type { EndpointTarget } from "./endpoint-target";
import { deliveryHeaders, packHeaders } from "./logged-headers";

/**
 * One attempt: request, undici handler, result and log record in one object, because at thousands a second each
 * further object, promise or closure per delivery shows.
 */
export class DeliveryAttempt extends OutboundExchange {
  readonly delivery: ClaimedDelivery;
  readonly leaseId: string;
  readonly target: EndpointTarget;
  readonly attemptId: string;
  readonly startedAt: Date;
  finishedAt: Date;
  readonly #signature: string;
  readonly #challenge: string | null;
  readonly #engine: Engine;
  readonly #onFinished: (attempt: DeliveryAttempt) => void;
  #judgement: Judgement | null = null;

  constructor(
    engine: Engine,
    { delivery, leaseId }: Pick<LeasedDelivery, "delivery" | "leaseId">,
    target: EndpointTarget,
    onFinished: (attempt: DeliveryAttempt) => void,
  ) {
    const startedAt = engine.clock();
    const isChallenge = delivery.purpose === "validation" && target.challengeHeader !== null;
    const challenge = isChallenge ? randomBytes(24).toString("base64url") : null;
    const { request, signature } =
      challenge === null
        ? eventRequest(engine, delivery, target, startedAt)
        : challengeRequest(engine, target, challenge);
    super(request);
    this.delivery = delivery;
    this.leaseId = leaseId;
    this.target = target;
    this.attemptId = engine.newId();
    this.startedAt = startedAt;
    this.finishedAt = startedAt;
    this.#signature = signature;
    this.#challenge = challenge;
    this.#engine = engine;
    this.#onFinished = onFinished;
  }

  override onSettled(): void {
    this.finishedAt = this.#engine.clock();
    this.#onFinished(this);
  }

  /** Whether it succeeded and, if not, whose fault it was. */
  get judgement(): Judgement {
    this.#judgement ??= this.#judge();
    return this.#judgement;
  }

  #judge(): Judgement {
    const judgement = judgeAttempt(this, this.target.successStatus);
    if (this.#challenge === null || judgement.outcome === "failed") return judgement;
    if (answersChallenge(this.responseBody, this.#challenge)) return judgement;
    this.errorMessage = `The endpoint answered ${this.statusCode} but did not repeat the challenge as {"verification": "..."}`;
    return { outcome: "failed", errorCode: "bad_response", fault: "receiver" };
  }

  /** Why it failed, as a sentence without a full stop; null for a success. */
  get failure(): string | null {
    const { outcome, errorCode } = this.judgement;
    if (outcome === "succeeded") return null;
    return describeFailure({
      statusCode: this.statusCode,
      errorCode,
      errorMessage: this.errorMessage,
      successStatus: this.target.successStatus,
    });
  }

  /** The value of a response header, or null. Names in lower case. */
  responseHeader(name: string): string | null {
    for (let index = 0; index < this.responseHeaders.length; index += 2) {
      if (this.responseHeaders[index]?.toLowerCase() === name) return this.responseHeaders[index + 1] ?? null;
    }
    return null;
  }

  /** The request's headers as the log keeps them (logged-headers.ts). */
  get requestHeadersText(): string {
    const { origin, method, target } = this;
    const custom = target.maskedHeaders;
    if (this.#challenge !== null) {
      const headers = [...challengeHeaders(this.#engine, target, this.#challenge), ...custom];
      return JSON.stringify(wireHeaders({ origin, method, headers }, 0));
    }
    const bodyBytes = Buffer.byteLength(this.body ?? "");
    return packHeaders({ bodyBytes, userAgent: userAgent(this.#engine), signature: this.#signature, custom });
  }

  /** A flat list as JSON; null when there was no response. */
  get responseHeadersText(): string | null {
    return this.statusCode === 0 ? null : JSON.stringify(this.responseHeaders);
  }

  /** As the log keeps it. */
  record(nextAttemptAt: Date | null): AttemptRecord {
    const { delivery, judgement, timings, method } = this;
    return {
      id: this.attemptId,
      organizationId: delivery.organizationId,
      endpointId: delivery.endpointId,
      deliveryId: delivery.id,
      eventId: delivery.eventId,
      eventType: delivery.eventType,
      eventTimestamp: delivery.eventTimestamp,
      purpose: delivery.purpose,
      deliveryAttempt: delivery.deliveryAttempt,
      deliveryTimestamp: this.startedAt,
      succeeded: judgement.outcome === "succeeded",
      statusCode: this.statusCode,
      errorCode: judgement.errorCode,
      errorMessage: this.failure,
      fault: judgement.fault,
      durationMs: this.durationMs,
      timings: [timings.dnsMs, timings.connectMs, timings.tlsMs, timings.firstByteMs, timings.bodyMs],
      method,
      url: this.target.url,
      requestHeaders: this.requestHeadersText,
      responseHeaders: this.responseHeadersText,
      responseBody: this.responseBody,
      bodyTruncated: this.bodyTruncated,
      nextAttemptAt,
    };
  }
}

interface BuiltRequest {
  request: OutboundRequest;
  signature: string;
}

const userAgent = ({ settings }: Engine) => `Posthorn/${settings.version}`;

function eventRequest(
  engine: Engine,
  delivery: ClaimedDelivery,
  target: EndpointTarget,
  startedAt: Date,
): BuiltRequest {
  const eventId = encodeId("evt", delivery.eventId);
  const body = buildEnvelope({
    organizationGuid: encodeId("org", delivery.organizationId),
    eventId,
    webhookId: target.publicId,
    endpointUrl: target.url,
    eventTimestamp: delivery.eventTimestamp,
    deliveryAttempt: delivery.deliveryAttempt,
    deliveryTimestamp: startedAt,
    eventType: delivery.eventType,
    dataText: delivery.dataText ?? "null",
  });
  const seconds = Math.floor(startedAt.getTime() / 1000);
  const keys = [];
  for (const { key, expiresAtMs } of target.keys) if (expiresAtMs > startedAt.getTime()) keys.push(key);
  const signature = signatureHeader(keys, eventId, seconds, body);
  const headers = deliveryHeaders({
    userAgent: userAgent(engine),
    webhookId: eventId,
    timestampSeconds: seconds,
    signature,
  });
  return { request: requestTo(target, "POST", headers, body), signature };
}

/** A plain GET: what it asks is whether somebody at this URL knows of us, not whether a signature is checked. */
function challengeRequest(engine: Engine, target: EndpointTarget, challenge: string): BuiltRequest {
  const headers = challengeHeaders(engine, target, challenge);
  return { request: requestTo(target, "GET", headers, null), signature: "" };
}

function challengeHeaders(engine: Engine, target: EndpointTarget, challenge: string): string[] {
  return ["user-agent", userAgent(engine), target.challengeHeader ?? "", challenge];
}

function requestTo(
  target: EndpointTarget,
  method: "POST" | "GET",
  ours: string[],
  body: string | null,
): OutboundRequest {
  const { origin, path, timeoutMs } = target;
  const headers = target.headers.length === 0 ? ours : [...ours, ...target.headers];
  return { origin, path, method, headers, body, timeoutMs };
}

function answersChallenge(body: Buffer | null, challenge: string): boolean {
  try {
    const answer: unknown = JSON.parse(body?.toString("utf8") ?? "");
    return (
      typeof answer === "object" &&
      answer !== null &&
      "verification" in answer &&
      answer.verification === challenge
    );
  } catch {
    return false;
  }
}
