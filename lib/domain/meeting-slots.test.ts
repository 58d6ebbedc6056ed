import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calendarRules, freeSlotAt, slotDays, type CalendarRules, type TimeSpan } from "./meeting-slots";
import { minutesOfDay, valuesForMember, weekdays, withDefaults } from "./organization-settings";

const at = (text: string) => new Date(text);
const defaults = calendarRules(valuesForMember(withDefaults({}), {}));
const rules = (changed: Partial<CalendarRules> = {}): CalendarRules => ({ ...defaults, ...changed });
const hour = 3_600_000;

const startsOn = (date: string, changed: Partial<CalendarRules>, now: Date, taken: TimeSpan[] = []) =>
  slotDays(rules(changed), taken, now)
    .find((day) => day.date === date)
    ?.slots.map(({ start }) => start.toISOString().slice(11, 16));

describe("the rules of the defaults", () => {
  it("are half hours from nine to five on working days, for two weeks, with an hour's notice", () => {
    expect(defaults).toEqual({
      timeZone: "UTC",
      workingDays: ["mon", "tue", "wed", "thu", "fri"],
      dayStart: "09:00",
      dayEnd: "17:00",
      meetingMs: hour / 2,
      noticeMs: hour,
      windowDays: 14,
    });
    const days = slotDays(defaults, [], at("2026-11-20T12:10:00Z"));
    expect(days[0]?.date).toBe("2026-11-20");
    expect(days[0]?.slots[0]?.start).toEqual(at("2026-11-20T13:30:00Z"));
    expect(days[1]).toMatchObject({ date: "2026-11-23" });
    expect(days[1]?.slots).toHaveLength(16);
    expect(days.at(-1)?.date).toBe("2026-12-04");
  });
});

describe("slotDays", () => {
  const now = at("2026-11-22T12:00:00Z");

  it("leaves out what another meeting touches, and nothing beside it", () => {
    const taken = [{ start: at("2026-11-23T10:15:00Z"), end: at("2026-11-23T11:00:00Z") }];
    const starts = startsOn("2026-11-23", {}, now, taken);
    expect(starts).not.toContain("10:00");
    expect(starts).not.toContain("10:30");
    expect(starts).toContain("09:30");
    expect(starts).toContain("11:00");
  });

  it("ends with the day: a meeting that would not fit is not offered", () => {
    const starts = startsOn("2026-11-23", { meetingMs: 0.75 * hour, dayEnd: "11:00" }, now);
    expect(starts).toEqual(["09:00", "09:45"]);
  });

  it("has nothing for a day that ends before it starts", () => {
    expect(startsOn("2026-11-23", { dayStart: "17:00", dayEnd: "09:00" }, now)).toEqual([]);
  });

  it("counts days and hours in the calendar's zone", () => {
    const tokyo = { timeZone: "Asia/Tokyo" };
    // Already Monday there.
    const days = slotDays(rules(tokyo), [], at("2026-11-22T22:30:00Z"));
    expect(days[0]?.date).toBe("2026-11-23");
    expect(days[0]?.slots[0]?.start).toEqual(at("2026-11-23T00:00:00Z"));
  });

  // Clocks go from 02:00 to 03:00 on 29 March 2026 in Berlin, and from 03:00 back to 02:00 on 25 October.
  it.each([
    ["skips the hour that the clocks skip", "2026-03-29", "05:00", ["23:00", "00:00", "01:00", "02:00"]],
    [
      "has the hour that they show twice",
      "2026-10-25",
      "04:00",
      ["22:00", "23:00", "00:00", "01:00", "02:00"],
    ],
    ["ends before a gap that the day ends in", "2026-03-29", "02:30", ["23:00"]],
    ["ends at an hour that they show twice the first time", "2026-10-25", "02:30", ["22:00", "23:00"]],
  ])("%s", (_name, date, dayEnd, expected) => {
    const night = { timeZone: "Europe/Berlin", workingDays: weekdays, dayStart: "00:00", meetingMs: hour };
    expect(startsOn(date, { ...night, dayEnd }, at(`${date.slice(0, 8)}20T00:00:00Z`))).toEqual(expected);
  });
});

describe("freeSlotAt", () => {
  const now = at("2026-11-20T12:00:00Z");

  it.each([
    ["between two slots", "2026-11-23T09:10:00Z"],
    ["on a Saturday", "2026-11-21T10:00:00Z"],
    ["before the day starts", "2026-11-23T08:30:00Z"],
    ["after the window", "2026-12-07T09:00:00Z"],
    ["within the notice", "2026-11-20T12:30:00Z"],
    ["in the past", "2026-11-19T10:00:00Z"],
  ])("finds none %s", (_where, start) => {
    expect(freeSlotAt(defaults, [], now, at(start))).toBeNull();
  });

  it("finds one that begins there, until it is taken", () => {
    const slot = { start: at("2026-11-23T10:00:00Z"), end: at("2026-11-23T10:30:00Z") };
    expect(freeSlotAt(defaults, [], now, slot.start)).toEqual(slot);
    expect(freeSlotAt(defaults, [slot], now, slot.start)).toBeNull();
  });
});

const wallClocks = new Map<string, Intl.DateTimeFormat>();

function wallClockOf(timeZone: string): Intl.DateTimeFormat {
  const known = wallClocks.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    ...{ timeZone, hourCycle: "h23", weekday: "short", year: "numeric", month: "2-digit", day: "2-digit" },
    ...{ hour: "2-digit", minute: "2-digit" },
  });
  wallClocks.set(timeZone, made);
  return made;
}

/** What a clock on the wall there shows, by the platform's own means. */
function wallClock(date: Date, timeZone: string) {
  const parts = wallClockOf(timeZone).formatToParts(date);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  return {
    date: `${part("year")}-${part("month")}-${part("day")}`,
    weekday: part("weekday").toLowerCase(),
    minutes: minutesOfDay(`${part("hour")}:${part("minute")}`),
  };
}

/** Often at night, when clocks are changed. */
const clockTime = fc
  .tuple(
    fc.oneof(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 4 })),
    fc.integer({ min: 0, max: 59 }),
  )
  .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"));

/** Where and when clocks are changed: by an hour or half of it, at night or at midnight, both ways; and nowhere. */
const clockChange = fc.constantFrom(
  ...([
    ["Europe/Berlin", "2026-03-29"],
    ["Europe/Berlin", "2026-10-25"],
    ["America/New_York", "2026-03-08"],
    ["America/New_York", "2026-11-01"],
    ["Australia/Lord_Howe", "2026-04-05"],
    ["Australia/Lord_Howe", "2026-10-04"],
    ["America/Santiago", "2026-09-06"],
    ["Africa/Cairo", "2026-04-24"],
    ["Asia/Kathmandu", "2026-04-24"],
  ] as const),
);

const anyHours: fc.Arbitrary<Omit<CalendarRules, "timeZone">> = fc.record({
  workingDays: fc.subarray([...weekdays], { minLength: 1 }),
  dayStart: clockTime,
  dayEnd: clockTime,
  meetingMs: fc
    .oneof(fc.integer({ min: 5, max: 480 }), fc.integer({ min: 5, max: 30 }))
    .map((minutes) => minutes * 60_000),
  noticeMs: fc.integer({ min: 0, max: 10_080 }).map((minutes) => minutes * 60_000),
  windowDays: fc.integer({ min: 1, max: 30 }),
});

const anyTaken = (now: Date) =>
  fc.array(
    fc
      .tuple(fc.integer({ min: 0, max: 30 * 1440 }), fc.integer({ min: 5, max: 480 }))
      .map(([from, length]) => {
        const startMs = now.getTime() + from * 60_000;
        return { start: new Date(startMs), end: new Date(startMs + length * 60_000) };
      }),
    { maxLength: 20 },
  );

/** Seen up to twenty days before the clocks are changed, and the day after. */
const anyCalendar = fc
  .tuple(anyHours, clockChange, fc.integer({ min: -20 * 1440, max: 1440 }))
  .map(([hours, [timeZone, date], minutes]) => ({
    rule: { ...hours, timeZone },
    now: new Date(Date.parse(`${date}T00:00:00Z`) + minutes * 60_000),
  }))
  .chain(({ rule, now }) => anyTaken(now).map((taken) => ({ rule, now, taken })));

describe("every slot, whatever the rules, the zone and the day", () => {
  it("lies within working hours on a working day of the zone, has the meeting's length, and is in order", () => {
    fc.assert(
      fc.property(anyCalendar, ({ rule, now, taken }) => {
        for (const { date, slots } of slotDays(rule, taken, now)) {
          for (const { start, end } of slots) {
            const [from, until] = [wallClock(start, rule.timeZone), wallClock(end, rule.timeZone)];
            expect([from.date, until.date]).toEqual([date, date]);
            expect(rule.workingDays).toContain(from.weekday);
            expect(from.minutes).toBeGreaterThanOrEqual(minutesOfDay(rule.dayStart));
            expect(until.minutes).toBeLessThanOrEqual(minutesOfDay(rule.dayEnd));
            expect(end.getTime() - start.getTime()).toBe(rule.meetingMs);
          }
          const starts = slots.map(({ start }) => start.getTime());
          expect(starts).toEqual(starts.toSorted((one, other) => one - other));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("is neither before the notice nor after the window, and overlaps no other meeting", () => {
    fc.assert(
      fc.property(anyCalendar, ({ rule, now, taken }) => {
        const slots = slotDays(rule, taken, now).flatMap((day) => day.slots);
        const latestMs = now.getTime() + (rule.windowDays + 1) * 24 * hour + hour;
        for (const { start, end } of slots) {
          expect(start.getTime()).toBeGreaterThanOrEqual(now.getTime() + rule.noticeMs);
          expect(start.getTime()).toBeLessThan(latestMs);
          expect(taken.filter((span) => start < span.end && span.start < end)).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("is found again by its start, which is how it is booked", () => {
    fc.assert(
      fc.property(anyCalendar, ({ rule, now, taken }) => {
        for (const slot of slotDays(rule, taken, now).flatMap((day) => day.slots.slice(0, 2))) {
          expect(freeSlotAt(rule, taken, now, slot.start)).toEqual(slot);
        }
      }),
      { numRuns: 100 },
    );
  });
});
