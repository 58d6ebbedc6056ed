import "server-only";
import type { LeasedDelivery } from "./delivery-attempt";
import type { EndpointTarget } from "./endpoint-target";

/** How much work is claimed ahead for an endpoint: what it finishes in about this time at its own pace. */
const aheadMs = 250;
/** The newest duration's share in the running mean. */
const paceShare = 0.2;
const aheadFactorMax = 8;

/** The claimed deliveries of one endpoint in this process, and how fast it takes them. */
export class EndpointQueue {
  readonly waiting: LeasedDelivery[] = [];
  inFlightCount = 0;
  target: EndpointTarget;
  /** Running mean of attempt durations; null until the first has ended. */
  #paceMs: number | null = null;
  #nextStartAtMs = 0;

  constructor(target: EndpointTarget) {
    this.target = target;
  }

  /** How many more deliveries it makes sense to claim. A slow endpoint holds few leases, a fast one never runs dry. */
  room(cap: number): number {
    const ahead =
      this.#paceMs === null ? 1 : Math.min(aheadFactorMax, Math.max(1, aheadMs / Math.max(1, this.#paceMs)));
    const rate = this.target.rateLimitPerSecond;
    const most = rate === null ? cap * ahead : Math.min(cap * ahead, Math.max(1, rate));
    return Math.floor(most) - this.waiting.length - this.inFlightCount;
  }

  /** Whether the next delivery may start; a rate limit spreads starts evenly instead of in bursts. */
  mayStart(cap: number, nowMs: number): boolean {
    return this.waiting.length > 0 && this.inFlightCount < cap && nowMs >= this.#nextStartAtMs;
  }

  /** Milliseconds until the rate limit lets the next one start; null when something else holds it up. */
  startsInMs(cap: number, nowMs: number): number | null {
    if (this.waiting.length === 0 || this.inFlightCount >= cap || nowMs >= this.#nextStartAtMs) return null;
    return this.#nextStartAtMs - nowMs;
  }

  started(nowMs: number): void {
    this.inFlightCount += 1;
    const rate = this.target.rateLimitPerSecond;
    if (rate !== null) this.#nextStartAtMs = Math.max(nowMs, this.#nextStartAtMs) + 1000 / rate;
  }

  ended(durationMs: number): void {
    this.inFlightCount -= 1;
    this.#paceMs =
      this.#paceMs === null ? durationMs : this.#paceMs + paceShare * (durationMs - this.#paceMs);
  }

  /** Begun and not sent: says nothing about the endpoint's pace. */
  notSent(): void {
    this.inFlightCount -= 1;
  }

  get isIdle(): boolean {
    return this.waiting.length === 0 && this.inFlightCount === 0;
  }
}
