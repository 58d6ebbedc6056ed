const second = ["second", 1_000] as const;
/** With the size of the next smaller one. */
const units = [
  ["year", 31_536_000_000, 2_592_000_000],
  ["month", 2_592_000_000, 86_400_000],
  ["day", 86_400_000, 3_600_000],
  ["hour", 3_600_000, 60_000],
  ["minute", 60_000, 1_000],
] as const;

const words = new Intl.RelativeTimeFormat("en", { numeric: "always", style: "short" });

/**
 * How far `date` lies from `now`, in one unit, for a row: `just now` and `now` (under ten seconds), `42 sec ago`,
 * `5 min ago`, `3 hr ago`, `2 days ago`, `in 4 hr`. What is past is rounded down, as ages are; what is ahead to the
 * nearest: a meeting the day after tomorrow is not `in 1 day`.
 */
export function relativeTime(date: Date, now: Date): string {
  const aheadMs = date.getTime() - now.getTime();
  const distanceMs = Math.abs(aheadMs);
  if (distanceMs < 10_000) return aheadMs > 0 ? "now" : "just now";
  if (aheadMs < 0) {
    const [unit, unitMs] = units.find(([, size]) => distanceMs >= size) ?? second;
    return spell(-Math.floor(distanceMs / unitMs), unit);
  }
  // What would round up to a whole of the next unit is said in that unit: `in 1 hr`, not `in 60 min`.
  const [unit, unitMs] = units.find(([, size, smaller]) => distanceMs >= size - smaller / 2) ?? second;
  return spell(Math.round(distanceMs / unitMs), unit);
}

function spell(count: number, unit: Intl.RelativeTimeFormatUnit): string {
  return words.format(count, unit).replace(".", "");
}
