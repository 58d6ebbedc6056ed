import "server-only";
import type { Logger } from "pino";
import { encodeId } from "@/lib/domain/ids";
import type { DeliveryAttempt } from "./delivery-attempt";

/**
 * One wide line per recorded attempt, with the identifiers of the API: failed ones at `info`, because a receiver's
 * failure is an expected outcome and not ours; those that we could not make (`fault: platform`) at `warn`; succeeded
 * ones at `debug`. Holds no header, no body and no query string: a receiver's token often is in one of them.
 */
export function logAttempt(log: Logger, attempt: DeliveryAttempt, nextAttemptAt: Date | null): void {
  const { judgement } = attempt;
  const succeeded = judgement.outcome === "succeeded";
  const level = succeeded ? "debug" : judgement.fault === "platform" ? "warn" : "info";
  // The line is built only when somebody reads it: at thousands a second it would show.
  if (!log.isLevelEnabled(level)) return;
  log[level](attemptFields(attempt, nextAttemptAt), succeeded ? "attempt succeeded" : "attempt failed");
}

function attemptFields(attempt: DeliveryAttempt, nextAttemptAt: Date | null): Record<string, unknown> {
  const { delivery, judgement, timings } = attempt;
  return {
    attemptId: encodeId("att", attempt.attemptId),
    deliveryId: encodeId("dlv", delivery.id),
    eventId: encodeId("evt", delivery.eventId),
    endpointId: encodeId("ep", delivery.endpointId),
    organizationId: encodeId("org", delivery.organizationId),
    eventType: delivery.eventType,
    purpose: delivery.purpose,
    lane: delivery.lane,
    deliveryAttempt: delivery.deliveryAttempt,
    deliveryTimestamp: attempt.startedAt.toISOString(),
    host: hostOf(attempt.target.url),
    outcome: judgement.outcome,
    statusCode: attempt.statusCode,
    errorCode: judgement.errorCode,
    fault: judgement.fault,
    failure: attempt.failure,
    durationMs: attempt.durationMs,
    ...timings,
    nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
    ...traceFields(delivery.traceparent),
  };
}

/** Without path and query, which are the receiver's business and often hold a token. */
function hostOf(url: string): string {
  return URL.parse(url)?.host ?? "";
}

/** In the names that OpenTelemetry's log collectors look for. */
function traceFields(traceparent: string | null): { trace_id?: string; parent_span_id?: string } {
  if (traceparent === null) return {};
  const [, traceId = "", parentSpanId = ""] = traceparent.split("-");
  return { trace_id: traceId, parent_span_id: parentSpanId };
}
