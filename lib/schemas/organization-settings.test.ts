import { describe, expect, it } from "vitest";
import { settingDefinitions, settingNames } from "@/lib/domain/organization-settings";
import { settingsIn } from "./organization-settings";

const form = {
  ...Object.fromEntries(settingNames.map((name) => [name, settingDefinitions[name].default])),
  workingDays: ["", "fri", "mon"],
};

describe("the form of a module", () => {
  it("becomes a choice for each setting, days in the order of the week", () => {
    const parsed = settingsIn("scheduling").parse({ ...form, allowUserOverride: ["timeZone"] });
    expect(Object.keys(parsed).toSorted()).toEqual(settingNames.toSorted());
    expect(parsed.timeZone).toEqual({ value: "UTC", allowUserOverride: true });
    expect(parsed.workingDays).toEqual({ value: "mon,fri", allowUserOverride: false });
  });

  it("takes only what was changed since it was loaded, the value or who may choose it", () => {
    const names = Object.fromEntries(settingNames.map((name) => [name, settingDefinitions[name].default]));
    const workingDays = names.workingDays?.split(",");
    const choice = (value: string | undefined) => ({ value, allowUserOverride: false });
    const loaded = JSON.stringify(
      Object.fromEntries(Object.entries(names).map(([name, value]) => [name, choice(value)])),
    );
    const save = (changes: object) =>
      settingsIn("scheduling").parse({ ...names, workingDays, loaded, ...changes });
    expect(save({})).toEqual({});
    expect(save({ meetingLength: "45" })).toEqual({ meetingLength: choice("45") });
    expect(Object.keys(save({ allowUserOverride: ["location"] }))).toEqual(["location"]);
    expect(Object.keys(save({ loaded: "[[[" }))).toEqual(settingNames);
  });

  it.each([
    ["meetingLength", "4"],
    ["timeZone", "Mars/Olympus"],
    ["workingDays", []],
    ["workingDays", [""]],
    ["workingDays", ["someday"]],
    ["location", "one\ntwo"],
    ["location", "x".repeat(501)],
    ["dayStart", undefined],
    ["allowUserOverride", ["nothing"]],
    ["unheard", "of"],
  ])("refuses %s %j by its name", (name, value) => {
    const { error } = settingsIn("scheduling").safeParse({ ...form, [name]: value });
    const issue = error?.issues[0];
    expect(issue?.path[0] ?? (issue as { keys?: string[] }).keys?.[0]).toBe(name);
  });
});
