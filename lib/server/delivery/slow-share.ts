import "server-only";
import type { EndpointQueue } from "./endpoint-queue";

/**
 * Of the requests in flight, slow endpoints have at most this share together: however many of them hang, there is room
 * for those that answer.
 */
const share = 0.75;
const countedForMs = 50;

/** Tells slow endpoints when they have all that they may have. */
export class SlowShare {
  readonly #queues: ReadonlyMap<string, EndpointQueue>;
  readonly #most: number;
  /** Requests in flight to slow endpoints, as counted a moment ago. */
  #count = 0;
  #countedAtMs = -Infinity;

  /** @param concurrency requests in flight at once, to all endpoints of `queues` together */
  constructor(queues: ReadonlyMap<string, EndpointQueue>, concurrency: number) {
    this.#queues = queues;
    this.#most = share * concurrency;
  }

  /** Whether one more request to this endpoint would be too much, with so many in flight; when not, it counts as begun. */
  isUsedUp(queue: EndpointQueue, inFlightCount: number, nowMs: number): boolean {
    if (inFlightCount < this.#most || !queue.isSlow(nowMs)) return false;
    if (nowMs - this.#countedAtMs > countedForMs) {
      this.#countedAtMs = nowMs;
      this.#count = 0;
      for (const other of this.#queues.values()) if (other.isSlow(nowMs)) this.#count += other.inFlightCount;
    }
    if (this.#count >= this.#most) return true;
    this.#count += 1;
    return false;
  }

  /** How many more deliveries of slow endpoints it makes sense to claim. */
  claimable(nowMs: number): number {
    let left = Math.ceil(this.#most);
    for (const queue of this.#queues.values())
      if (queue.isSlow(nowMs)) left -= queue.inFlightCount + queue.waiting.length;
    return Math.max(0, left);
  }

  /** A request to a slow endpoint has ended: what is known of the others is counted again. */
  countAgain(): void {
    this.#countedAtMs = -Infinity;
  }
}
