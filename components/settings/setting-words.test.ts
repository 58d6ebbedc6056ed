import { expect, it } from "vitest";
import type { SettingName } from "@/lib/domain/organization-settings";
import { enteredSetting, spellSetting } from "./setting-words";

it.each<[SettingName, string, string]>([
  ["meetingLength", "30", "30 minutes"],
  ["bookingWindow", "1", "1 day"],
  ["minimumNotice", "10080", "10,080 minutes"],
  ["workingDays", "mon,tue,fri", "Mon, Tue, and Fri"],
  ["workingDays", "sun", "Sun"],
  ["location", "", "empty"],
  ["timeZone", "Europe/Lisbon", "Europe/Lisbon"],
])("spells %s %j as %s", (name, value, text) => {
  expect(spellSetting(name, value)).toBe(text);
});

it.each<[string | string[] | undefined, string]>([
  ["45", "45"],
  [["", "mon", "tue"], "mon,tue"],
  [[""], ""],
  [undefined, ""],
])("reads %j as %j from a form", (entered, value) => {
  expect(enteredSetting(entered)).toBe(value);
});
