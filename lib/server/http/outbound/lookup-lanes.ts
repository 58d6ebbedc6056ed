import "server-only";
import type { Lookup } from "./resolve-addresses";

export interface LookupLanesOptions {
  /** Lookups of slow names at a time. */
  slowMax: number;
  /** Milliseconds of a monotonic clock. */
  now?: () => number;
}

/** A name that took longer the last time is slow, whether it resolved or not. */
const promptMs = 1000;
const slowNamesMax = 10_000;

/**
 * How many slow names may be looked up at once. libuv lets lookups have half of its threads (UV_THREADPOOL_SIZE, by
 * default 4); slow names get a quarter of that half.
 */
export function slowLookupsMax(threadPoolSize: string | undefined): number {
  const threads = Math.min(1024, Math.max(1, Number(threadPoolSize) || 4));
  return Math.max(1, Math.floor(threads / 8));
}

/**
 * The system's resolver runs on a few threads, and a name whose DNS server never answers holds one for many seconds: a
 * handful of such names, tried again and again, would stop all new connections to everyone. So requests that need the
 * same name at the same time share one lookup, and slow names wait for each other instead of others for them.
 */
export function lookupInLanes(lookup: Lookup, { slowMax, now = monotonicMs }: LookupLanesOptions): Lookup {
  const running = new Map<string, ReturnType<Lookup>>();
  const slowNames = new Set<string>();
  const waiting: (() => void)[] = [];
  let slowCount = 0;

  const timed: Lookup = async (hostname) => {
    const startedAt = now();
    try {
      return await lookup(hostname);
    } finally {
      if (now() - startedAt > promptMs) remember(slowNames, hostname);
      else slowNames.delete(hostname);
    }
  };

  const inSlowLane: Lookup = async (hostname) => {
    if (slowCount >= slowMax) await new Promise<void>((resolve) => waiting.push(resolve));
    else slowCount += 1;
    try {
      return await timed(hostname);
    } finally {
      // The place goes to the next in line, if there is one.
      const next = waiting.shift();
      if (next) next();
      else slowCount -= 1;
    }
  };

  return (hostname) => {
    const shared = running.get(hostname);
    if (shared) return shared;
    const lane = slowNames.has(hostname) ? inSlowLane : timed;
    const started = lane(hostname).finally(() => running.delete(hostname));
    running.set(hostname, started);
    return started;
  };
}

function remember(names: Set<string>, hostname: string): void {
  names.add(hostname);
  const [oldest] = names;
  if (names.size > slowNamesMax && oldest !== undefined) names.delete(oldest);
}

function monotonicMs(): number {
  return performance.now();
}
