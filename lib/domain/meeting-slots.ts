import { Temporal } from "temporal-polyfill";
import { minutesOfDay, weekdays, type SettingValues, type Weekday } from "@/lib/domain/organization-settings";

/** When meetings can be booked in somebody's calendar. */
export interface CalendarRules {
  /** As the IANA database names it. Days and clock times below are counted there. */
  timeZone: string;
  workingDays: readonly Weekday[];
  /** Like 09:30. */
  dayStart: string;
  dayEnd: string;
  meetingMs: number;
  /** From now until the earliest meeting. */
  noticeMs: number;
  /** Days after today on which a meeting can begin. */
  windowDays: number;
}

export interface TimeSpan {
  start: Date;
  end: Date;
}

export interface SlotDay {
  /** Like 2026-11-23, in the calendar's time zone. */
  date: string;
  /** Free, in order. */
  slots: TimeSpan[];
}

const minuteMs = 60_000;

/** The rules in the settings that hold for a member. */
export function calendarRules(values: SettingValues): CalendarRules {
  return {
    timeZone: values.timeZone,
    workingDays: weekdays.filter((day) => values.workingDays.split(",").includes(day)),
    dayStart: values.dayStart,
    dayEnd: values.dayEnd,
    meetingMs: Number(values.meetingLength) * minuteMs,
    noticeMs: Number(values.minimumNotice) * minuteMs,
    windowDays: Number(values.bookingWindow),
  };
}

/** Every working day of the booking window, with what is free on it beside the meetings in `taken`. */
export function slotDays(rules: CalendarRules, taken: readonly TimeSpan[], now: Date): SlotDay[] {
  const today = dayOf(now, rules.timeZone);
  return Array.from({ length: rules.windowDays + 1 }, (_, days) => today.add({ days }))
    .filter((day) => isWorkingDay(rules, day))
    .map((day) => ({ date: day.toString(), slots: freeSlots(rules, day, taken, now) }));
}

/** The free slot that begins at `start`, or null when there is none. */
export function freeSlotAt(
  rules: CalendarRules,
  taken: readonly TimeSpan[],
  now: Date,
  start: Date,
): TimeSpan | null {
  const day = dayOf(start, rules.timeZone);
  const lastDay = dayOf(now, rules.timeZone).add({ days: rules.windowDays });
  if (Temporal.PlainDate.compare(day, lastDay) > 0 || !isWorkingDay(rules, day)) return null;
  const slots = freeSlots(rules, day, taken, now);
  return slots.find((slot) => slot.start.getTime() === start.getTime()) ?? null;
}

function freeSlots(
  rules: CalendarRules,
  day: Temporal.PlainDate,
  taken: readonly TimeSpan[],
  now: Date,
): TimeSpan[] {
  const earliestMs = now.getTime() + rules.noticeMs;
  return workingSlots(rules, day).filter(
    (slot) => slot.start.getTime() >= earliestMs && !taken.some((span) => overlap(slot, span)),
  );
}

/** One meeting after the other, from the day's start on. */
function workingSlots(rules: CalendarRules, day: Temporal.PlainDate): TimeSpan[] {
  const opens = momentOf(day, rules.dayStart, rules.timeZone);
  const closes = momentOf(day, rules.dayEnd, rules.timeZone);
  const slots: TimeSpan[] = [];
  const lastMs = closes.epochMilliseconds - rules.meetingMs;
  for (let startMs = opens.epochMilliseconds; startMs <= lastMs; startMs += rules.meetingMs) {
    slots.push({ start: new Date(startMs), end: new Date(startMs + rules.meetingMs) });
  }
  // Only where the clocks are changed meanwhile does a slot between the two moments read a time outside of them.
  const isSteady = opens.offset === closes.offset && minutesIn(closes) === minutesOfDay(rules.dayEnd);
  return isSteady ? slots : slots.filter((slot) => isWithinHours(rules, day, slot));
}

function isWithinHours(rules: CalendarRules, day: Temporal.PlainDate, { start, end }: TimeSpan): boolean {
  const [from, until] = [start, end].map((at) => zoned(at, rules.timeZone));
  const isInside = (at: Temporal.ZonedDateTime | undefined) =>
    at !== undefined &&
    at.toPlainDate().equals(day) &&
    minutesIn(at) >= minutesOfDay(rules.dayStart) &&
    minutesIn(at) <= minutesOfDay(rules.dayEnd);
  return isInside(from) && isInside(until);
}

function overlap(one: TimeSpan, other: TimeSpan): boolean {
  return one.start < other.end && other.start < one.end;
}

function isWorkingDay({ workingDays }: CalendarRules, day: Temporal.PlainDate): boolean {
  const weekday = weekdays[day.dayOfWeek - 1];
  return weekday !== undefined && workingDays.includes(weekday);
}

function dayOf(at: Date, timeZone: string): Temporal.PlainDate {
  return zoned(at, timeZone).toPlainDate();
}

function zoned(at: Date, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
}

/** A time that the clocks skip is the one after the gap, a time that they show twice is the first (RFC 5545). */
function momentOf(day: Temporal.PlainDate, clockTime: string, timeZone: string) {
  return day.toZonedDateTime({ timeZone, plainTime: clockTime });
}

const minutesIn = (at: Temporal.ZonedDateTime): number => at.hour * 60 + at.minute + at.second / 60;
