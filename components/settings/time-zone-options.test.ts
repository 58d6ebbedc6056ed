import { expect, it } from "vitest";
import { settingDefinitions, settingProblem } from "@/lib/domain/organization-settings";
import { timeZoneOptions } from "./time-zone-options";

const flat = (chosen: string) =>
  timeZoneOptions(chosen).flatMap((option) => ("options" in option ? option.options : [option]));

it("offers only zones that the setting takes, its default among them", () => {
  const values = flat("UTC").map(({ value }) => value);
  expect(values).toContain(settingDefinitions.timeZone.default);
  expect(values).toContain("Europe/Lisbon");
  expect(values.filter((zone) => settingProblem("timeZone", zone) !== null)).toEqual([]);
  expect(new Set(values).size).toBe(values.length);
});

it("offers the chosen zone, also in a spelling of its own", () => {
  expect(flat("europe/lisbon").map(({ value }) => value)).toContain("europe/lisbon");
});

it("names a place before what it lies in", () => {
  expect(flat("UTC")).toContainEqual({
    value: "America/Argentina/Ushuaia",
    label: "Ushuaia, Argentina",
  });
});
