import "server-only";

/** What is to happen, taken in the order of time and, at the same moment, in the order in which it was planned. */
export class Timeline {
  readonly #heap: { at: number; turn: number; happen: (at: Date) => void }[] = [];
  #turn = 0;

  plan(at: Date, happen: (at: Date) => void): void {
    const heap = this.#heap;
    heap.push({ at: at.getTime(), turn: this.#turn++, happen });
    for (let index = heap.length - 1; index > 0;) {
      const parent = (index - 1) >> 1;
      if (!this.#isBefore(index, parent)) break;
      this.#swap(index, parent);
      index = parent;
    }
  }

  /** Lets everything before `until` happen, with what it leads to; the rest never does. */
  run(until: Date): void {
    for (;;) {
      const first = this.#heap[0];
      if (!first || first.at >= until.getTime()) return;
      this.#removeFirst();
      first.happen(new Date(first.at));
    }
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (heap.length === 0 || !last) return;
    heap[0] = last;
    for (let index = 0; ;) {
      const left = 2 * index + 1;
      if (left >= heap.length) return;
      const child = left + 1 < heap.length && this.#isBefore(left + 1, left) ? left + 1 : left;
      if (!this.#isBefore(child, index)) return;
      this.#swap(child, index);
      index = child;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const first = this.#heap[a]!;
    const second = this.#heap[b]!;
    return first.at < second.at || (first.at === second.at && first.turn < second.turn);
  }

  #swap(a: number, b: number): void {
    [this.#heap[a], this.#heap[b]] = [this.#heap[b]!, this.#heap[a]!];
  }
}
