import "server-only";
import type { KeyObject } from "node:crypto";
import { describeFailure, judgeAttempt, type SuccessStatus } from "@/lib/domain/attempt-outcome";
import { buildEnvelope } from "@/lib/domain/envelope";
import type { Purpose } from "@/lib/domain/endpoint-health";
import { encodeId } from "@/lib/domain/ids";
import { signatureHeader } from "@/lib/domain/signature";
import type { AttemptRecord } from "@/lib/server/db/record-attempts";
import { timeoutMessage } from "@/lib/server/http/outbound/failure";
import { packHeaders } from "@/lib/server/delivery/logged-headers";
import { demoAnswers, type DemoAnswer, type DemoAnswerName } from "./answers";
import type { Chance } from "./chance";

/** What one simulated request is built from: the same columns as a real one. */
export interface SimulatedRequest {
  attemptId: string;
  organizationId: string;
  endpoint: { id: string; url: string; key: KeyObject; successStatus: SuccessStatus };
  deliveryId: string;
  event: { id: string; eventType: string; eventTimestamp: Date; dataText: string };
  purpose: Purpose;
  deliveryAttempt: number;
  startedAt: Date;
  version: string;
  timeoutMs: number;
}

/** How long a simulated attempt takes; known when it starts, as the simulation has to plan its end. */
export function simulatedDurationMs(
  chance: Chance,
  answer: DemoAnswerName,
  usualMs: number,
  timeoutMs: number,
): number {
  if (answer === "crawl") return timeoutMs + tenths(chance.between(0.4, 3));
  if (answer === "refused") return tenths(chance.between(0.3, 1.4));
  return tenths(Math.min(chance.duration(usualMs), timeoutMs * 0.9));
}

/** The record of an attempt, with the request that would have been sent and its real signature. */
export function simulateAttempt(
  chance: Chance,
  request: SimulatedRequest,
  answerName: DemoAnswerName,
  durationMs: number,
): AttemptRecord {
  const { endpoint, event, startedAt } = request;
  const answer = demoAnswers[answerName];
  const errorMessage = messageOf(answer, endpoint.url, request.timeoutMs);
  const judgement = judgeAttempt({ ...answer, fault: null }, endpoint.successStatus);
  const succeeded = judgement.outcome === "succeeded";
  const failure = { ...answer, ...judgement, errorMessage, successStatus: endpoint.successStatus };
  return {
    id: request.attemptId,
    organizationId: request.organizationId,
    endpointId: endpoint.id,
    deliveryId: request.deliveryId,
    eventId: event.id,
    eventType: event.eventType,
    eventTimestamp: event.eventTimestamp,
    purpose: request.purpose,
    deliveryAttempt: request.deliveryAttempt,
    deliveryTimestamp: startedAt,
    succeeded,
    statusCode: answer.statusCode,
    errorCode: judgement.errorCode,
    errorMessage: succeeded ? null : describeFailure(failure),
    fault: judgement.fault,
    durationMs,
    timings: timingsOf(chance, answer, durationMs),
    method: "POST",
    url: endpoint.url,
    requestHeaders: requestHeaders(request),
    responseHeaders: answer.statusCode === 0 ? null : JSON.stringify(responseHeaders(answer, startedAt)),
    responseBody: answer.statusCode === 0 ? null : Buffer.from(answer.body),
    bodyTruncated: false,
    nextAttemptAt: null,
  };
}

function messageOf({ errorCode }: DemoAnswer, url: string, timeoutMs: number): string | null {
  const { host } = new URL(url);
  if (errorCode === "timeout") return timeoutMessage("body", host, timeoutMs);
  return errorCode === "connection_refused" ? `${host} refused the connection.` : null;
}

function requestHeaders(request: SimulatedRequest): string {
  const { endpoint, event, startedAt } = request;
  const eventId = encodeId("evt", event.id);
  const body = buildEnvelope({
    organizationGuid: encodeId("org", request.organizationId),
    eventId,
    webhookId: encodeId("ep", endpoint.id),
    endpointUrl: endpoint.url,
    eventTimestamp: event.eventTimestamp,
    deliveryAttempt: request.deliveryAttempt,
    deliveryTimestamp: startedAt,
    eventType: event.eventType,
    dataText: event.dataText,
  });
  const seconds = Math.floor(startedAt.getTime() / 1000);
  return packHeaders({
    bodyBytes: Buffer.byteLength(body),
    userAgent: `Posthorn/${request.version}`,
    signature: signatureHeader([endpoint.key], eventId, seconds, body),
    custom: [],
  });
}

function responseHeaders({ headers, body, errorCode }: DemoAnswer, at: Date): string[] {
  const length = errorCode === null ? { "content-length": String(Buffer.byteLength(body)) } : {};
  return Object.entries({ ...headers, date: at.toUTCString(), ...length }).flat();
}

/** dns, connect, tls, first byte, body. Most requests find an open connection; none of the receivers speaks TLS. */
function timingsOf(
  chance: Chance,
  { statusCode, errorCode }: DemoAnswer,
  durationMs: number,
): AttemptRecord["timings"] {
  if (statusCode === 0) return [tenths(durationMs * 0.3), null, null, null, null];
  const isNew = chance.next() < 0.2;
  const dnsMs = isNew ? tenths(Math.min(durationMs / 4, chance.between(0.1, 0.6))) : null;
  const connectMs = isNew ? tenths(Math.min(durationMs / 4, chance.between(0.1, 0.5))) : null;
  const rest = durationMs - (dnsMs ?? 0) - (connectMs ?? 0);
  const bodyMs = tenths(errorCode === "timeout" ? rest - 12 : Math.min(rest / 10, chance.between(0, 0.4)));
  return [dnsMs, connectMs, null, tenths(rest - bodyMs), bodyMs];
}

const tenths = (ms: number): number => Math.round(ms * 10) / 10;
