import "server-only";

/** setTimeout takes a wait of 24.8 days at most; who sets an alarm looks again long before. */
const longestMs = 86_400_000;
/** A moment that is this much earlier than the one it is set to is the same one, read from another clock. */
const sameMs = 1;

/** One timer for the first of many moments. */
export class Alarm {
  readonly #ring: () => void;
  #timer: NodeJS.Timeout | undefined;
  /** Of performance.now(). */
  #atMs = Infinity;

  constructor(ring: () => void) {
    this.#ring = ring;
  }

  /** Rings in `waitMs`, or sooner when it was set to ring sooner; then it has to be set again. */
  setIn(waitMs: number): void {
    const atMs = performance.now() + waitMs;
    if (atMs >= this.#atMs - sameMs) return;
    clearTimeout(this.#timer);
    this.#atMs = atMs;
    this.#timer = setTimeout(
      () => {
        this.#atMs = Infinity;
        this.#ring();
      },
      Math.min(longestMs, Math.ceil(waitMs)),
    );
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#atMs = Infinity;
  }
}
