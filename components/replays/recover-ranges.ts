import { spellDuration } from "@/lib/format/duration";

const hourMs = 3_600_000;
const shorterMs = [hourMs, 24 * hourMs, 72 * hourMs];

/** How far back one may reach: round lengths of time, and last everything that is kept. `value` is in milliseconds. */
export function recoverRanges(retentionMs: number): { value: string; label: string }[] {
  return [...shorterMs.filter((ms) => ms < retentionMs), retentionMs].map((ms) => ({
    value: String(ms),
    label: `The last ${ms === 24 * hourMs ? "24 hours" : spellDuration(ms).replace(/^1 (?=\w+$)/, "")}`,
  }));
}
