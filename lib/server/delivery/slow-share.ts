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

  /**
   * Leaves slow endpoints together about as much room as could start at once, and each of them some as long as there is
   * any: which of them have something waiting, only the claim knows.
   */
  limit(rooms: Map<string, number>, nowMs: number): void {
    const slow = [...this.#queues].filter(([, queue]) => queue.isSlow(nowMs));
    const left = slow.reduce(
      (most, [, { inFlightCount, waiting }]) => most - inFlightCount - waiting.length,
      Math.ceil(this.#most),
    );
    const each = Math.max(0, Math.ceil(left / slow.length));
    for (const [id] of slow) rooms.set(id, Math.min(rooms.get(id) ?? 0, each));
  }

  /** A request to a slow endpoint has ended: what is known of the others is counted again. */
  countAgain(): void {
    this.#countedAtMs = -Infinity;
  }
}
