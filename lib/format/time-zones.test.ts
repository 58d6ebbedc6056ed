import { describe, expect, it } from "vitest";
import { settingProblem } from "@/lib/domain/organization-settings";
import { timeZoneNames, timeZoneOptions } from "./time-zones";

describe("timeZoneNames", () => {
  const names = timeZoneNames();

  it("begins with UTC and has the names that people look for, each once", () => {
    expect(names[0]).toBe("UTC");
    for (const name of ["Europe/Lisbon", "Asia/Kolkata", "Europe/Kyiv"]) expect(names).toContain(name);
    expect(names).not.toContain("Asia/Calcutta");
    expect(new Set(names).size).toBe(names.length);
  });

  it("has only what the setting takes", () => {
    expect(names.filter((name) => settingProblem("timeZone", name) !== null)).toEqual([]);
  });
});

describe("timeZoneOptions", () => {
  const names = timeZoneNames();
  const flat = (chosen: string) =>
    timeZoneOptions(names, chosen).flatMap((option) => ("options" in option ? option.options : [option]));

  it("offers every name once, and the chosen one also in a spelling of its own", () => {
    expect(
      flat("UTC")
        .map(({ value }) => value)
        .toSorted(),
    ).toEqual(names.toSorted());
    expect(flat("europe/lisbon").map(({ value }) => value)).toContain("europe/lisbon");
  });

  it("names a place before what it lies in", () => {
    expect(flat("UTC")).toContainEqual({ value: "UTC", label: "UTC" });
    expect(flat("UTC")).toContainEqual({ value: "America/Argentina/Ushuaia", label: "Ushuaia, Argentina" });
  });
});
