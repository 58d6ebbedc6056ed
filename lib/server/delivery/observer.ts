import "server-only";
import type { Judgement } from "@/lib/domain/attempt-outcome";
import type { Purpose } from "@/lib/domain/endpoint-health";

/**
 * What the engine tells about its own work, for metrics. Called thousands of times a second: an implementation adds
 * to numbers and nothing else, and never throws.
 */
export interface EngineObserver {
  /** A claim came back after `durationMs` with `count` deliveries. */
  claimed(durationMs: number, count: number): void;
  /** A batch of `count` finished deliveries was committed after `durationMs`. */
  recorded(durationMs: number, count: number): void;
  /** An attempt has ended; told once, when it is recorded. */
  attempted(purpose: Purpose, judgement: Judgement, durationMs: number): void;
  /** `count` deliveries were somebody else's when their outcome was to be recorded. */
  leasesLost(count: number): void;
}

/** For engines that nobody watches. */
export const noObserver: EngineObserver = {
  claimed: () => undefined,
  recorded: () => undefined,
  attempted: () => undefined,
  leasesLost: () => undefined,
};
