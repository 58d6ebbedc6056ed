import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { utcTime } from "@/lib/format/utc-time";

describe("utcTime", () => {
  const at = new Date("2026-03-12T15:04:05.678Z");

  it("writes the moment to the second, the minute or the millisecond", () => {
    expect(utcTime(at)).toBe("2026-03-12 15:04:05 UTC");
    expect(utcTime(at, "minutes")).toBe("2026-03-12 15:04 UTC");
    expect(utcTime(at, "milliseconds")).toBe("2026-03-12 15:04:05.678 UTC");
  });

  it("can be read back, in any year and any time zone", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), noInvalidDate: true }), (date) => {
        const [day, time] = utcTime(date, "milliseconds").split(" ");
        expect(new Date(`${day}T${time}Z`)).toEqual(date);
      }),
    );
  });

  it("refuses an invalid date", () => {
    expect(() => utcTime(new Date(Number.NaN))).toThrow(RangeError);
  });
});
