import { describe, expect, it } from "vitest";
import { settingProblem } from "@/lib/domain/organization-settings";
import { timeZoneNames } from "./time-zones";

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
