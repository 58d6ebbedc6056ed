import { describe, expect, it } from "vitest";
import {
  minutesOfDay,
  settingConflict,
  settingDefinitions,
  settingNames,
  settingProblem,
  valuesForMember,
  withDefaults,
  type SettingName,
} from "./organization-settings";

describe("settingProblem", () => {
  it.each(settingNames)("accepts the default of %s", (name) => {
    expect(settingProblem(name, settingDefinitions[name].default)).toBeNull();
  });

  it.each<[SettingName, string]>([
    ["meetingLength", "5"],
    ["meetingLength", "480"],
    ["minimumNotice", "0"],
    ["dayStart", "00:00"],
    ["dayEnd", "23:59"],
    ["timeZone", "America/Argentina/Buenos_Aires"],
    ["workingDays", "sun"],
    ["location", "x".repeat(500)],
  ])("accepts for %s %j", (name, value) => {
    expect(settingProblem(name, value)).toBeNull();
  });

  it.each<[SettingName, string]>([
    ["meetingLength", "4"],
    ["meetingLength", "481"],
    ["meetingLength", "030"],
    ["meetingLength", "3e1"],
    ["meetingLength", " 30"],
    ["meetingLength", ""],
    ["bookingWindow", "0"],
    ["dayStart", "24:00"],
    ["dayStart", "9:00"],
    ["timeZone", "Europe/Atlantis"],
    ["timeZone", "+02:00"],
    ["timeZone", ""],
    ["workingDays", ""],
    ["workingDays", "mon,mon"],
    ["workingDays", "mon, tue"],
    ["location", "x".repeat(501)],
  ])("refuses for %s %j", (name, value) => {
    expect(settingProblem(name, value)).toEqual(expect.any(String));
  });
});

describe("settingConflict", () => {
  const values = (changed: Partial<Record<SettingName, string>>) =>
    valuesForMember(withDefaults({}), changed);

  it("finds none among the defaults", () => {
    expect(settingConflict(values({}))).toBeNull();
  });

  it("refuses a day that ends before it starts, or at once", () => {
    expect(settingConflict(values({ dayStart: "17:30" }))?.name).toBe("dayEnd");
    expect(settingConflict(values({ dayStart: "17:00" }))?.name).toBe("dayEnd");
  });

  it("refuses a meeting that is longer than the day", () => {
    expect(settingConflict(values({ dayStart: "16:31" }))?.name).toBe("meetingLength");
    expect(settingConflict(values({ dayStart: "16:30" }))).toBeNull();
  });
});

describe("valuesForMember", () => {
  it("prefers a member's own value only where the organization allows it", () => {
    const choices = withDefaults({
      meetingLength: { value: "45", allowUserOverride: false },
      minimumNotice: { value: "120", allowUserOverride: true },
    });
    const values = valuesForMember(choices, { meetingLength: "15", minimumNotice: "0" });
    expect(values.meetingLength).toBe("45");
    expect(values.minimumNotice).toBe("0");
    expect(values.bookingWindow).toBe(settingDefinitions.bookingWindow.default);
  });
});

it("reads a clock time as minutes since midnight", () => {
  expect(minutesOfDay("00:00")).toBe(0);
  expect(minutesOfDay("09:30")).toBe(570);
});
