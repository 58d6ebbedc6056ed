import "server-only";
import type { Registry } from "prom-client";
import type { EngineTally } from "./engine-tally";
import { registerHistogram, registerMetric } from "./registered-metric";

/** What this process has done since it started. */
export function registerEngineMetrics(registry: Registry, tally: EngineTally): void {
  registerMetric(registry, {
    name: "posthorn_events_accepted_total",
    help: "Events that clients published to this process",
    type: "counter",
    read: () => [{ value: tally.acceptedCount }],
  });
  registerMetric(registry, {
    name: "posthorn_attempts_total",
    help: "Attempts that this process made, by purpose, outcome and fault (none, receiver, network, platform)",
    type: "counter",
    read: () =>
      tally.attempts().map(({ purpose, outcome, fault, count }) => ({
        value: count,
        labels: { purpose, outcome, fault },
      })),
  });
  registerMetric(registry, {
    name: "posthorn_lease_losses_total",
    help: "Deliveries whose lease was another worker's when this process recorded their outcome",
    type: "counter",
    read: () => [{ value: tally.leasesLostCount }],
  });
  const histograms = [
    ["posthorn_attempt_duration_seconds", "Duration of an attempt", tally.attemptSeconds],
    ["posthorn_claim_duration_seconds", "Duration of a claim", tally.claimSeconds],
    ["posthorn_claim_deliveries", "Deliveries that a claim returned", tally.claimSizes],
    ["posthorn_flush_duration_seconds", "Duration of a transaction that records a batch", tally.flushSeconds],
    ["posthorn_flush_deliveries", "Deliveries in a recorded batch", tally.flushSizes],
  ] as const;
  for (const [name, help, histogram] of histograms) registerHistogram(registry, name, help, histogram);
}
