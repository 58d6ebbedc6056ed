import { describe, expect, it } from "vitest";
import {
  calendarDay,
  clockTime,
  longDate,
  meetingSpan,
  spellDate,
  spellZone,
  utcOffset,
} from "./meeting-time";

const start = new Date("2026-11-23T23:30:00Z");
const end = new Date("2026-11-24T00:15:00Z");

describe("the times of a meeting", () => {
  it.each([
    ["Europe/Lisbon", "Mon 23 Nov 2026, 23:30 – Tue 24 Nov 2026, 00:15", "UTC"],
    ["Asia/Kathmandu", "Tue 24 Nov 2026, 05:15 – 06:00", "UTC+5:45"],
    ["America/New_York", "Mon 23 Nov 2026, 18:30 – 19:15", "UTC-5"],
  ])("are those of the clocks in %s", (timeZone, span, offset) => {
    expect(meetingSpan(start, end, timeZone)).toBe(span);
    expect(utcOffset(start, timeZone)).toBe(offset);
    expect(spellZone(start, timeZone)).toBe(`${timeZone} (${offset})`);
    expect(spellZone(start, "UTC")).toBe("UTC");
  });

  it("begin at midnight with 00, not with 24", () => {
    expect(clockTime(new Date("2026-11-24T00:00:00Z"), "UTC")).toBe("00:00");
    expect(calendarDay(new Date("2026-11-24T00:00:00Z"), "UTC")).toBe("Tue 24 Nov 2026");
  });

  it("spell a date by itself wherever it is read", () => {
    expect(spellDate("2026-11-23")).toEqual({ weekday: "Monday", day: "23 November" });
    expect(longDate("2026-11-23")).toBe("Monday, 23 November");
  });
});
