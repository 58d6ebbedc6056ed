import "server-only";
import { durationBucket } from "@/lib/domain/duration-histogram";
import { insertSuccesses, type SuccessRecord } from "@/lib/server/db/record-successes";
import { poolSql } from "@/lib/server/db/sql";
import type { DeliveryAttempt } from "./delivery-attempt";
import type { Engine } from "./engine";
import { isUnsent, type Finished } from "./unsent";
import { tellAttempt } from "./record";

/**
 * The short way for what is nearly everything: a success of an endpoint that has nothing to recover from changes nothing
 * but its own delivery, so one statement records it, without a lock that another worker would wait for. Returns what is
 * left for the rules (`recordFinished`): everything else, whatever else came in from an endpoint beside its successes
 * (outcomes are folded in order), and successes that the statement did not find to be that simple.
 */
export async function recordSuccesses(engine: Engine, batch: readonly Finished[]): Promise<Finished[]> {
  const successes = simpleSuccesses(batch);
  if (successes.length === 0) return [...batch];
  const startedAtMs = performance.now();
  const recorded = await insertSuccesses(poolSql(engine.pool), successes.map(successRecord));
  if (recorded.size > 0) engine.observe.recorded(performance.now() - startedAtMs, recorded.size);
  for (const attempt of successes) {
    if (recorded.has(attempt.attemptId)) tellAttempt(engine, attempt, null);
  }
  return batch.filter((one) => isUnsent(one) || !recorded.has(one.attemptId));
}

function successRecord(attempt: DeliveryAttempt): SuccessRecord {
  const { delivery, durationMs } = attempt;
  return {
    deliveryId: delivery.id,
    leaseId: attempt.leaseId,
    endpointId: delivery.endpointId,
    attemptId: attempt.attemptId,
    eventMs: delivery.eventTimestamp.getTime(),
    startedMs: attempt.startedAt.getTime(),
    finishedMs: attempt.finishedAt.getTime(),
    statusCode: attempt.statusCode,
    durationMs,
    timings: attempt.timings,
    bucket: durationBucket(durationMs),
    url: attempt.target.url,
    requestHeaders: attempt.requestHeadersText,
    responseHeaders: attempt.responseHeadersText,
    responseBody: attempt.responseBody,
    bodyTruncated: attempt.bodyTruncated,
  };
}

function simpleSuccesses(batch: readonly Finished[]): DeliveryAttempt[] {
  const successes: DeliveryAttempt[] = [];
  const otherEndpoints = new Set<string>();
  for (const one of batch) {
    if (isSimpleSuccess(one)) successes.push(one);
    else otherEndpoints.add(one.delivery.endpointId);
  }
  return otherEndpoints.size === 0
    ? successes
    : successes.filter(({ delivery }) => !otherEndpoints.has(delivery.endpointId));
}

function isSimpleSuccess(finished: Finished): finished is DeliveryAttempt {
  if (isUnsent(finished)) return false;
  const { purpose } = finished.delivery;
  return (purpose === "event" || purpose === "replay") && finished.judgement.outcome === "succeeded";
}
