import "server-only";

/** Counts of values by upper bound, in the shape of a Prometheus histogram; adding one allocates nothing. */
export class HistogramTally {
  /** Ascending. */
  readonly bounds: readonly number[];
  /** Values up to each bound and above the one before; the last is what exceeds every bound. */
  readonly #counts: Float64Array;
  #sum = 0;

  constructor(bounds: readonly number[]) {
    this.bounds = bounds;
    this.#counts = new Float64Array(bounds.length + 1);
  }

  observe(value: number): void {
    let index = 0;
    while (index < this.bounds.length && value > this.bounds[index]!) index += 1;
    this.#counts[index]! += 1;
    this.#sum += value;
  }

  get sum(): number {
    return this.#sum;
  }

  get count(): number {
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  /** How many values were at most each bound; what exceeds every bound is only in `count`. */
  cumulative(): number[] {
    let below = 0;
    return this.bounds.map((_, index) => (below += this.#counts[index]!));
  }
}
