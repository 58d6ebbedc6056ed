import "server-only";
import type { Logger } from "pino";

interface Told {
  atMs: number;
  /** Times since then that it was not told. */
  unsaid: number;
}

const everyMs = 60_000;
/** Reasons differ in what they name: beyond this many the oldest are forgotten. */
const keptMax = 200;

/** What each log has been told. */
const toldTo = new WeakMap<Logger, Map<string, Told>>();

/**
 * Tells of what is tried every second and fails for as long as its reason lasts, a database that is away above all: at
 * once, and then every minute with how often it was meanwhile. A night of it would fill the disk of a small machine. Another
 * reason is told at once.
 */
export function tellRepeated(
  log: Logger,
  level: "warn" | "error",
  fields: { err: unknown; step?: string; leases?: number },
  message: string,
  nowMs: number = performance.now(),
): void {
  const told = toldTo.get(log) ?? new Map<string, Told>();
  toldTo.set(log, told);
  const reason = fields.err instanceof Error ? fields.err.message : String(fields.err);
  const key = JSON.stringify([message, fields.step, reason]);
  const before = told.get(key);
  if (before && nowMs - before.atMs < everyMs) {
    before.unsaid += 1;
    return;
  }
  log[level]({ ...fields, ...(before && before.unsaid > 0 && { repeated: before.unsaid }) }, message);
  told.delete(key); // last in the order of insertion from now on
  told.set(key, { atMs: nowMs, unsaid: 0 });
  if (told.size > keptMax) for (const oldest of [...told.keys()].slice(0, -keptMax)) told.delete(oldest);
}
