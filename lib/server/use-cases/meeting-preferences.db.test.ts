import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SettingName } from "@/lib/domain/organization-settings";
import { readOwnSettings, saveSetting } from "@/lib/server/db/organization-settings";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { getCalendar } from "./meeting-calendar";
import { getMeetingPreferences, updateMeetingPreferences } from "./meeting-preferences";

const database = testDatabase();
let deps: Deps;
let person: Principal;

beforeEach(async () => {
  const clock = () => new Date("2026-11-21T12:00:00Z");
  deps = await createTestDeps(database().url, {}, { clock });
  person = await createTestPrincipal(deps, "developer");
});
afterEach(() => closeTestDeps(deps));

const save = (patch: Partial<Record<SettingName, string>>) => updateMeetingPreferences(deps, person, patch);
const own = () => readOwnSettings(deps.sql, person.organizationId, person.userId ?? "");
async function valueOf(name: SettingName) {
  const { values, organization } = await getMeetingPreferences(deps, person);
  const { value: organizationValue, allowUserOverride: isAllowed } = organization[name];
  return { value: values[name], organizationValue, isAllowed };
}
const choose = (name: SettingName, value: string, allowUserOverride: boolean) =>
  saveSetting(deps.sql, person.organizationId, name, { value, allowUserOverride }, deps.clock());

describe("a member's own calendar", () => {
  it("decides what is free in it", async () => {
    await save({ timeZone: "Europe/Lisbon", workingDays: "sun", dayStart: "10:00", meetingLength: "45" });
    const { days, timeZone, meetingMinutes } = await getCalendar(deps, person, person.userId ?? "");
    expect({ timeZone, meetingMinutes }).toEqual({ timeZone: "Europe/Lisbon", meetingMinutes: 45 });
    expect(days[0]).toMatchObject({ date: "2026-11-22", slots: expect.any(Array) });
    expect(days[0]?.slots[0]?.start).toBe("2026-11-22T10:00:00.000Z");
  });

  it("keeps as its own only what differs from the organization's, which the rest follows", async () => {
    await save({ meetingLength: "30", minimumNotice: "0" });
    expect(await own()).toEqual({ minimumNotice: "0" });
    await choose("meetingLength", "60", true);
    expect(await valueOf("meetingLength")).toMatchObject({ value: "60", organizationValue: "60" });
    await save({ minimumNotice: "60" });
    expect(await own()).toEqual({});
  });

  it("is the organization's where that allows no own value, whatever was chosen before", async () => {
    await save({ meetingLength: "45" });
    await choose("meetingLength", "60", false);
    expect(await valueOf("meetingLength")).toMatchObject({ value: "60", isAllowed: false });
    await expect(save({ meetingLength: "15" })).rejects.toMatchObject({
      status: 422,
      errors: [{ path: "meetingLength", message: expect.stringContaining("organization") }],
    });
  });

  it("refuses every wrong value by its name, and stores none of the others", async () => {
    const wrong = { timeZone: "Europe/Atlantis", workingDays: "", minimumNotice: "-1", location: "here" };
    await expect(save(wrong)).rejects.toMatchObject({
      status: 422,
      errors: [{ path: "timeZone" }, { path: "workingDays" }, { path: "minimumNotice" }],
    });
    expect(await own()).toEqual({});
  });

  it("refuses a day that ends before it starts", async () => {
    await expect(save({ dayStart: "18:00" })).rejects.toMatchObject({ errors: [{ path: "dayEnd" }] });
  });

  it("writes down what changed, and nothing when nothing did", async () => {
    await save({ meetingLength: "45" });
    await save({ meetingLength: "45" });
    const entries = await deps.prisma.auditEntry.findMany({ where: { action: "member.calendar_changed" } });
    expect(entries).toMatchObject([{ before: { meetingLength: "30" }, after: { meetingLength: "45" } }]);
  });

  it("is nothing that a key has", async () => {
    const key = { ...person, userId: null };
    await expect(getMeetingPreferences(deps, key)).rejects.toMatchObject({ status: 403 });
  });
});
