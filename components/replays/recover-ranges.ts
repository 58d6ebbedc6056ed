import { spellDuration } from "@/lib/format/duration";

const hourMs = 3_600_000;
const shorterMs = [hourMs, 24 * hourMs, 72 * hourMs];

/** Not counted back from now. */
export const betweenMoments = "between";

/**
 * How far back one may reach: round lengths of time in milliseconds, then everything that is kept, then two moments of
 * one's own.
 */
export function recoverRanges(retentionMs: number): { value: string; label: string }[] {
  const lengths = [...shorterMs.filter((ms) => ms < retentionMs), retentionMs];
  const spell = (ms: number) =>
    ms === 24 * hourMs ? "24 hours" : spellDuration(ms).replace(/^1 (?=\w+$)/, "");
  return [
    ...lengths.map((ms) => ({ value: String(ms), label: `The last ${spell(ms)}` })),
    { value: betweenMoments, label: "Between two moments" },
  ];
}
