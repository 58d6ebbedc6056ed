import "server-only";
import type { Judgement } from "@/lib/domain/attempt-outcome";
import type { Purpose } from "@/lib/domain/endpoint-health";
import type { EngineObserver } from "@/lib/server/delivery/observer";
import { HistogramTally } from "./histogram-tally";

const attemptSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const statementSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const batchSizes = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500];

export interface AttemptCount {
  purpose: Purpose;
  outcome: Judgement["outcome"];
  /** `none` for a success. */
  fault: string;
  count: number;
}

/**
 * What this process has done since it started, as plain numbers: prom-client hashes its labels at every observation,
 * which at thousands of attempts a second costs more than all of this. The numbers are read when somebody scrapes.
 */
export class EngineTally implements EngineObserver {
  readonly attemptSeconds = new HistogramTally(attemptSeconds);
  readonly claimSeconds = new HistogramTally(statementSeconds);
  readonly claimSizes = new HistogramTally(batchSizes);
  readonly flushSeconds = new HistogramTally(statementSeconds);
  readonly flushSizes = new HistogramTally(batchSizes);
  leasesLostCount = 0;
  acceptedCount = 0;
  readonly #attempts = new Map<string, AttemptCount>();

  claimed(durationMs: number, count: number): void {
    this.claimSeconds.observe(durationMs / 1000);
    this.claimSizes.observe(count);
  }

  recorded(durationMs: number, count: number): void {
    this.flushSeconds.observe(durationMs / 1000);
    this.flushSizes.observe(count);
  }

  attempted(purpose: Purpose, { outcome, fault }: Judgement, durationMs: number): void {
    this.attemptSeconds.observe(durationMs / 1000);
    const key = `${purpose} ${fault ?? outcome}`;
    const known = this.#attempts.get(key);
    if (known) known.count += 1;
    else this.#attempts.set(key, { purpose, outcome, fault: fault ?? "none", count: 1 });
  }

  leasesLost(count: number): void {
    this.leasesLostCount += count;
  }

  /** Events that clients published, after their commit. */
  accepted(count: number): void {
    this.acceptedCount += count;
  }

  attempts(): AttemptCount[] {
    return [...this.#attempts.values()];
  }
}
