import { parseAsIsoDateTime, parseAsStringLiteral } from "nuqs/server";

const allPresets = ["1h", "24h", "7d", "90d"] as const;
export type TimeRangePreset = (typeof allPresets)[number];
/** What is offered where nothing else is: events and attempts are kept for days. */
export const timeRangePresets: readonly TimeRangePreset[] = ["1h", "24h", "7d"];

const presetMs: Record<TimeRangePreset, number> = {
  "1h": 3_600_000,
  "24h": 86_400_000,
  "7d": 604_800_000,
  "90d": 7_776_000_000,
};

/** Either a preset, or a start and perhaps an end; nothing at all means the page's default preset. */
export type TimeRange = { range: TimeRangePreset | null; since: Date | null; until: Date | null };

/** For `createLoader` on the server and `useQueryStates` in the browser: `?range=24h`, or `?since=…&until=…`. */
export const timeRangeParsers = {
  range: parseAsStringLiteral(allPresets),
  since: parseAsIsoDateTime,
  until: parseAsIsoDateTime,
};

/** The moments a range means at `now`; `until` is null while the range is open, so that a live list stays live. */
export function resolveTimeRange(
  { range, since, until }: TimeRange,
  now: Date,
  fallback: TimeRangePreset = "7d",
): { since: Date; until: Date | null } {
  if (!range && (since || until)) {
    return { since: since ?? new Date((until ?? now).getTime() - presetMs[fallback]), until };
  }
  return { since: new Date(now.getTime() - presetMs[range ?? fallback]), until: null };
}

/** What a `datetime-local` input holds for a moment, in the time zone of this browser. */
export function toLocalInput(moment: Date): string {
  const shifted = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
