import "server-only";
import type { StartRequest } from "@/lib/server/db/endpoint-starts";
import type { LeasedDelivery } from "./claimer";
import type { EndpointTarget } from "./endpoint-target";
import { StartSlots } from "./start-slots";

/** How much work is claimed ahead for an endpoint: what it finishes in about this time at its own pace. */
const aheadMs = 250;
/** The newest duration's share in the running mean. */
const paceShare = 0.2;
const aheadFactorMax = 8;
/** An endpoint that takes longer than this, or has not answered anything for as long, is a slow one. */
const slowMs = 1_000;

/** The claimed deliveries of one endpoint in this process, and how fast it takes them. */
export class EndpointQueue {
  readonly waiting: LeasedDelivery[] = [];
  inFlightCount = 0;
  target: EndpointTarget;
  /** Only for a rate-limited endpoint. */
  readonly slots = new StartSlots();
  /** Running mean of attempt durations; null until the first has ended. */
  #paceMs: number | null = null;
  /** When the last request ended or, after a time without any, the first one was begun. */
  #movedAtMs = 0;

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

  /** Whether the next delivery may start. */
  mayStart(cap: number, nowMs: number): boolean {
    if (this.waiting.length === 0 || this.inFlightCount >= cap) return false;
    const rate = this.target.rateLimitPerSecond;
    return rate === null || this.slots.isOpen(rate, nowMs);
  }

  /** Milliseconds until the rate limit lets the next one start or be asked for; null when something else holds it up. */
  startsInMs(cap: number, nowMs: number): number | null {
    if (this.waiting.length === 0 || this.inFlightCount >= cap) return null;
    return this.target.rateLimitPerSecond === null ? null : this.slots.opensInMs(nowMs);
  }

  /** The starts that have to be asked for before anything can be sent; null when there is nothing to ask. */
  startRequest(cap: number, nowMs: number): StartRequest | null {
    const ratePerSecond = this.target.rateLimitPerSecond;
    if (ratePerSecond === null || this.inFlightCount >= cap) return null;
    const count = this.slots.wanted(this.waiting.length, ratePerSecond, nowMs);
    return count === 0 ? null : { endpointId: this.target.id, count, ratePerSecond };
  }

  isSlow(nowMs: number): boolean {
    if ((this.#paceMs ?? 0) > slowMs) return true;
    return this.inFlightCount > 0 && nowMs - this.#movedAtMs > slowMs;
  }

  started(nowMs: number): void {
    if (this.inFlightCount === 0) this.#movedAtMs = nowMs;
    this.inFlightCount += 1;
    const rate = this.target.rateLimitPerSecond;
    if (rate !== null) this.slots.take(rate, nowMs);
  }

  ended(durationMs: number, nowMs: number): void {
    this.inFlightCount -= 1;
    this.#movedAtMs = nowMs;
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
