import "server-only";
import { durationBucket } from "@/lib/domain/duration-histogram";
import type { StatIncrement } from "@/lib/server/db/record-attempts";
import { isUnsent, type Finished } from "./unsent";

const hourMs = 3_600_000;

/** What is shown per hour: attempts of events and replays; tests and validations say nothing about traffic. */
export function countStatistics(finished: readonly Finished[]): StatIncrement[] {
  const increments = new Map<string, StatIncrement>();
  for (const one of finished) {
    if (isUnsent(one)) continue;
    const { organizationId, endpointId, purpose } = one.delivery;
    if (purpose !== "event" && purpose !== "replay") continue;
    const hour = new Date(Math.floor(one.startedAt.getTime() / hourMs) * hourMs);
    const succeeded = one.judgement.outcome === "succeeded";
    const bucket = durationBucket(one.durationMs);
    const key = `${endpointId} ${hour.getTime()} ${succeeded} ${bucket}`;
    const increment = increments.get(key);
    if (increment) increment.attempts += 1;
    else increments.set(key, { organizationId, hour, endpointId, succeeded, bucket, attempts: 1 });
  }
  return [...increments.values()];
}
