const locale = "en-GB";

/** Joined here and not by Intl, whose punctuation differs between the versions of server and browser. */
function partsOf(date: Date, options: Intl.DateTimeFormatOptions): (type: string) => string {
  const parts = new Intl.DateTimeFormat(locale, options).formatToParts(date);
  return (type) => parts.find((part) => part.type === type)?.value ?? "";
}

/** `15:00`, as the clock on the wall there shows. */
export function clockTime(date: Date, timeZone: string): string {
  const part = partsOf(date, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone });
  return `${part("hour")}:${part("minute")}`;
}

/** `Mon 23 Nov 2026`. */
export function calendarDay(date: Date, timeZone: string): string {
  const part = partsOf(date, { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone });
  return `${part("weekday")} ${part("day")} ${part("month")} ${part("year")}`;
}

/** `Mon 23 Nov 2026, 15:00 – 15:30`; a meeting that ends on another day there names it. */
export function meetingSpan(start: Date, end: Date, timeZone: string): string {
  const [from, until] = [start, end].map((date) => calendarDay(date, timeZone));
  const ends = from === until ? clockTime(end, timeZone) : `${until}, ${clockTime(end, timeZone)}`;
  return `${from}, ${clockTime(start, timeZone)} – ${ends}`;
}

/** Of a date like `2026-11-23`: `Monday`, `23 November`. */
export function spellDate(date: string): { weekday: string; day: string } {
  const midnight = new Date(`${date}T00:00:00Z`);
  const part = partsOf(midnight, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
  return { weekday: part("weekday"), day: `${part("day")} ${part("month")}` };
}

/** `Monday, 23 November`. */
export function longDate(date: string): string {
  const { weekday, day } = spellDate(date);
  return `${weekday}, ${day}`;
}

/** `Europe/Lisbon (UTC+1)`, as it is at that moment; `UTC` alone. */
export function spellZone(date: Date, timeZone: string): string {
  const offset = utcOffset(date, timeZone);
  return timeZone === offset ? timeZone : `${timeZone} (${offset})`;
}

/** `UTC`, `UTC+5:45`: what clocks there are ahead of UTC at that moment. */
export function utcOffset(date: Date, timeZone: string): string {
  const part = partsOf(date, { timeZoneName: "shortOffset", timeZone });
  return part("timeZoneName").replace("GMT", "UTC").replace(/\+0$/, "");
}
