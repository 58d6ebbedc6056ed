const timeLengths = { minutes: 5, seconds: 8, milliseconds: 12 } as const;

/** A moment in UTC for people, `2026-03-12 15:00:00 UTC`. Throws a RangeError for an invalid date. */
export function utcTime(date: Date, precision: keyof typeof timeLengths = "seconds"): string {
  const [day, time] = date.toISOString().split("T") as [string, string];
  return `${day} ${time.slice(0, timeLengths[precision])} UTC`;
}
