import { describe, expect, it } from "vitest";
import { isActiveEntry, navGroups, navGroupsFor } from "@/components/shell/nav-entries";

const hrefsFor = (role: Parameters<typeof navGroupsFor>[0]) =>
  navGroupsFor(role).flatMap((group) => group.entries.map((entry) => entry.href));

describe("navGroupsFor", () => {
  it("shows a developer nothing of an admin's, and no empty group", () => {
    expect(hrefsFor("developer")).not.toContain("/members");
    expect(hrefsFor("developer")).toContain("/endpoints");
    expect(navGroupsFor("developer").every((group) => group.entries.length > 0)).toBe(true);
  });

  it("shows an operator everything, and an admin all but the instance", () => {
    expect(navGroupsFor("operator")).toEqual(navGroups);
    expect(navGroupsFor("admin")).toEqual(navGroups.filter(({ label }) => label !== "Instance"));
  });
});

describe("isActiveEntry", () => {
  const entries = navGroups.flatMap((group) => group.entries);
  const activeAt = (pathname: string) =>
    entries.filter((entry) => isActiveEntry(entry, pathname)).map((e) => e.label);

  it("marks exactly one entry, also deep below it and beside one that begins alike", () => {
    expect(activeAt("/")).toEqual(["Overview"]);
    expect(activeAt("/endpoints/ep_1/settings")).toEqual(["Endpoints"]);
    expect(activeAt("/event-types/developer.webhook.test")).toEqual(["Event types"]);
    expect(activeAt("/eventsomething")).toEqual([]);
  });
});
