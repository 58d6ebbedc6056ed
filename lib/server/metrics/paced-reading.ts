import "server-only";

const shareMax = 0.05;

/**
 * Wraps a reading of the database whose cost grows with what it reads: everyone who asks shares one, and the next begins
 * when the last one is `minMs` old and so old that reading takes at most a twentieth of the time. `nowMs` is monotonic.
 */
export function pacedReading<Value>(
  read: () => Promise<Value>,
  minMs: number,
  nowMs: () => number = () => performance.now(),
): () => Promise<Value> {
  let last: Promise<Value> | null = null;
  let validUntilMs = Infinity;
  return () => {
    if (last !== null && nowMs() < validUntilMs) return last;
    const startedMs = nowMs();
    validUntilMs = Infinity;
    const current = read();
    last = current;
    const settled = () => {
      const endedMs = nowMs();
      validUntilMs = endedMs + Math.max(minMs, (endedMs - startedMs) / shareMax);
    };
    current.then(settled, () => {
      // A failure is told to those who waited for it, and to nobody after them.
      if (last === current) last = null;
    });
    return current;
  };
}
