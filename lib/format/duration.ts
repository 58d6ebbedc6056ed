/** Durations as configuration and API write them: `500ms`, `30s`, `15m`, `4h`, `7d`. One whole number, one unit. */

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

type Unit = keyof typeof unitMs;

const unitsDescending: readonly Unit[] = ["d", "h", "m", "s", "ms"];

const unitNames: Readonly<Record<Unit, string>> = {
  d: "day",
  h: "hour",
  m: "minute",
  s: "second",
  ms: "millisecond",
};

/** Milliseconds, or null for anything that is not exactly one whole number and one unit. */
export function parseDuration(text: string): number | null {
  const match = /^(\d{1,12})(ms|s|m|h|d)$/.exec(text.trim());
  if (!match) return null;
  const durationMs = Number(match[1]) * unitMs[match[2] as Unit];
  return Number.isSafeInteger(durationMs) ? durationMs : null;
}

/**
 * The shortest text that `parseDuration` reads back as exactly `durationMs` (whole milliseconds, not negative):
 * 5_400_000 is `90m`, not `1.5h`.
 */
export function formatDuration(durationMs: number): string {
  if (durationMs === 0) return "0s";
  const unit = unitsDescending.find((candidate) => durationMs % unitMs[candidate] === 0) ?? "ms";
  return `${durationMs / unitMs[unit]}${unit}`;
}

/**
 * For a sentence: the two largest units, rounded down, as in `2 days 3 hours`, `15 minutes`, `0 seconds`. A part is
 * only shown beside the next larger unit, so that `1 day 5 seconds` reads `1 day`. Negative durations read as zero.
 */
export function spellDuration(durationMs: number): string {
  if (durationMs > 0 && durationMs < 1_000) return plural(Math.floor(durationMs), "ms");
  const first = unitsDescending.findIndex((unit) => unit !== "ms" && durationMs >= unitMs[unit]);
  const largest = unitsDescending[first];
  if (largest === undefined) return plural(0, "s");
  const rest = durationMs % unitMs[largest];
  const next = unitsDescending[first + 1];
  const nextCount = next === undefined || next === "ms" ? 0 : Math.floor(rest / unitMs[next]);
  const spelled = plural(Math.floor(durationMs / unitMs[largest]), largest);
  return nextCount > 0 && next !== undefined ? `${spelled} ${plural(nextCount, next)}` : spelled;
}

function plural(count: number, unit: Unit): string {
  return `${count} ${unitNames[unit]}${count === 1 ? "" : "s"}`;
}
