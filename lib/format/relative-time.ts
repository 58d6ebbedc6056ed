const units = [
  ["year", 31_536_000_000],
  ["month", 2_592_000_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

const words = new Intl.RelativeTimeFormat("en", { numeric: "always", style: "short" });

/**
 * How far `date` lies from `now`, in one rounded-down unit, for a row: `now` (under ten seconds, either way),
 * `42 sec ago`, `5 min ago`, `3 hr ago`, `2 days ago`, `in 4 hr`.
 */
export function relativeTime(date: Date, now: Date): string {
  const differenceMs = date.getTime() - now.getTime();
  const distanceMs = Math.abs(differenceMs);
  if (distanceMs < 10_000) return "now";
  const sign = differenceMs < 0 ? -1 : 1;
  const [unit, unitMs] = units.find(([, size]) => distanceMs >= size) ?? (["second", 1_000] as const);
  return words.format(sign * Math.floor(distanceMs / unitMs), unit).replace(".", "");
}
