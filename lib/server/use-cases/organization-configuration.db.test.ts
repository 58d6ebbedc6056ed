import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { domainsMax } from "@/lib/domain/domain-name";
import { decodeId, encodeId } from "@/lib/domain/ids";
import { settingDefinitions } from "@/lib/domain/organization-settings";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { createTestMember } from "@/lib/server/testing/test-member";
import { addOrganizationDomain, removeOrganizationDomain } from "./change-organization-domains";
import { changeOrganizationProfile } from "./change-organization-profile";
import { changeOrganizationSettings } from "./change-organization-settings";
import { addServiceAccount } from "./change-service-account";
import {
  getAnnouncement,
  getOrganizationProfile,
  getOrganizationSettings,
  listOrganizationDomains,
} from "./get-organization";

const database = testDatabase();
const url = "http://127.0.0.1:65000/hook";
let deps: Deps;
let admin: Principal;

beforeEach(async () => {
  deps = await createTestDeps(database().url);
  admin = await createTestPrincipal(deps);
});
afterEach(() => closeTestDeps(deps));

interface Stored {
  type: string;
  data: {
    previous: Record<string, unknown>;
    current: Record<string, unknown>;
    setting?: unknown;
    modifiedBy: unknown;
  };
}

/** The organization's events, oldest first. */
async function events(of = admin): Promise<Stored[]> {
  const rows = await database().query<{ type: string; data: string }>(
    "SELECT event_type AS type, data FROM event WHERE organization_id = $1 ORDER BY id",
    [of.organizationId],
  );
  return rows.map(({ type, data }) => ({ type, data: JSON.parse(data) }));
}

const profile = (companyName: string) => ({
  companyName,
  webAddress: "https://www.example.com",
  logoUrl: "",
});
const ada = () => ({
  userId: admin.actor,
  username: admin.actorLabel,
  firstName: "Ada",
  lastName: "Example",
});

describe("the profile", () => {
  it("is published with who changed it, to the endpoints that are on", async () => {
    const { organizationId } = admin;
    await createTestEndpoint(deps, organizationId, url, { eventTypes: ["organization.*"] });
    await createTestEndpoint(deps, organizationId, url, { state: "validating" });
    await createTestEndpoint(deps, organizationId, url, { state: "disabled" });
    await createTestEndpoint(deps, organizationId, url, { eventTypes: ["scheduling.*"] });
    const announcement = await getAnnouncement(deps, admin, "organization.profile.changed");
    expect(announcement.endpointCount).toBe(2);

    const { events: published } = await changeOrganizationProfile(deps, admin, profile("Brightwater"));
    expect(published).toMatchObject([{ eventType: "organization.profile.changed", deliveries: 2 }]);
    expect(await events()).toEqual([
      {
        type: "organization.profile.changed",
        data: {
          previous: { companyName: "Example", webAddress: "", logoUrl: "" },
          current: profile("Brightwater"),
          modifiedBy: ada(),
        },
      },
    ]);
    expect(await getOrganizationProfile(deps, admin)).toEqual(profile("Brightwater"));
    const organization = await deps.prisma.organization.findUniqueOrThrow({ where: { id: organizationId } });
    expect(organization.name).toBe("Brightwater");
  });

  it("that is saved without a change publishes nothing and leaves no entry", async () => {
    await changeOrganizationProfile(deps, admin, profile("Brightwater"));
    expect(await changeOrganizationProfile(deps, admin, profile("Brightwater"))).toEqual({ events: [] });
    expect(await events()).toHaveLength(1);
    expect(await deps.prisma.auditEntry.count()).toBe(1);
  });

  it("is told as a chain, however many admins change it at once", async () => {
    const names = Array.from({ length: 8 }, (_, index) => `Name ${index}`);
    await Promise.all(names.map((name) => changeOrganizationProfile(deps, admin, profile(name))));
    const told = await events();
    expect(told).toHaveLength(names.length);
    for (const [index, { data }] of told.slice(1).entries()) {
      expect(data.previous).toEqual(told[index]!.data.current);
    }
    expect(told.at(-1)?.data.current).toEqual(await getOrganizationProfile(deps, admin));
  });
});

it("stores a change together with its event, or neither", async () => {
  await database().query("ALTER TABLE audit_entry RENAME TO audit_entry_away");
  await expect(changeOrganizationProfile(deps, admin, profile("Lost"))).rejects.toThrow();
  await database().query("ALTER TABLE audit_entry_away RENAME TO audit_entry");
  expect(await events()).toEqual([]);
  expect((await getOrganizationProfile(deps, admin)).companyName).toBe("Example");
});

describe("the domains", () => {
  const add = (domain: string, by = admin) => addOrganizationDomain(deps, by, { domain });
  const remove = (domain: string, by = admin) => removeOrganizationDomain(deps, by, { domain });
  const names = async () => (await listOrganizationDomains(deps, admin)).map(({ name }) => name);

  it("are published as a whole, before and after", async () => {
    await add("b.example");
    await add("a.example");
    await remove("b.example");
    expect((await events()).map(({ type, data }) => [type, data.previous, data.current])).toEqual([
      ["organization.domains.changed", { value: [] }, { value: ["b.example"] }],
      ["organization.domains.changed", { value: ["b.example"] }, { value: ["b.example", "a.example"] }],
      ["organization.domains.changed", { value: ["b.example", "a.example"] }, { value: ["a.example"] }],
    ]);
    expect(await names()).toEqual(["a.example"]);
  });

  it("are each there once, also when two admins add one at once", async () => {
    const both = await Promise.allSettled([add("a.example"), add("a.example")]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(add("a.example")).rejects.toMatchObject({ status: 422, errors: [{ path: "domain" }] });
    expect(await names()).toEqual(["a.example"]);
  });

  it("are a hundred at most", async () => {
    const many = Array.from({ length: domainsMax }, (_, index) => `d${index}.example`);
    await deps.prisma.organization.update({
      where: { id: admin.organizationId },
      data: { domains: many },
    });
    await expect(add("one-more.example")).rejects.toMatchObject({ status: 409 });
  });

  it("stay while a service account serves them", async () => {
    await add("a.example");
    const credentials = { serverUrl: "https://mail.example", userName: "u", password: "p" };
    const account = {
      type: "Exchange" as const,
      name: "Room mailboxes",
      domains: ["a.example"],
      credentials,
    };
    await addServiceAccount(deps, admin, account);
    await expect(remove("a.example")).rejects.toMatchObject({
      status: 409,
      message: expect.stringContaining("Room mailboxes"),
    });
    const [listed] = await listOrganizationDomains(deps, admin);
    expect(listed).toMatchObject({ name: "a.example", accounts: [{ name: "Room mailboxes" }] });
  });

  it("of another organization are not found", async () => {
    await add("a.example");
    const stranger = await createTestPrincipal(deps);
    await expect(remove("a.example", stranger)).rejects.toMatchObject({ status: 404 });
    expect(await listOrganizationDomains(deps, stranger)).toEqual([]);
  });
});

describe("the settings", () => {
  const change = (wanted: Parameters<typeof changeOrganizationSettings>[2], by = admin) =>
    changeOrganizationSettings(deps, by, wanted);

  it("publish an event for each that is another one, and nothing for the others", async () => {
    const unchanged = await getOrganizationSettings(deps, admin);
    const { events: published } = await change({
      ...unchanged,
      minimumNotice: { value: "240", allowUserOverride: false },
      location: { value: "", allowUserOverride: false },
    });
    expect(published).toHaveLength(2);
    const { module, name, title, helpText, default: fallback } = settingDefinitions.minimumNotice;
    expect((await events())[0]).toEqual({
      type: "organization.setting.changed",
      data: {
        setting: { module, name, title, helpText, default: fallback },
        previous: { value: "60", allowUserOverride: true },
        current: { value: "240", allowUserOverride: false },
        modifiedBy: ada(),
      },
    });
    expect((await events())[1]?.data).toMatchObject({
      setting: { name: "location" },
      current: { value: "" },
    });
    expect(await change(await getOrganizationSettings(deps, admin))).toEqual({ events: [] });
  });

  it("are refused together when two of them contradict each other", async () => {
    const early = { dayEnd: { value: "08:00", allowUserOverride: true } };
    await expect(
      change({ ...early, location: { value: "Here", allowUserOverride: true } }),
    ).rejects.toMatchObject({ status: 422, errors: [{ path: "dayEnd" }] });
    expect(await events()).toEqual([]);
    // Also with what was chosen before.
    await change({ dayStart: { value: "12:00", allowUserOverride: true } });
    const noon = { value: "12:00", allowUserOverride: true };
    await expect(change({ dayEnd: noon })).rejects.toMatchObject({ status: 422 });
  });

  it("are told as a chain when two admins change one at once", async () => {
    const values = ["5", "10", "15", "20", "25", "30"];
    await Promise.all(values.map((value) => change({ meetingLength: { value, allowUserOverride: true } })));
    const told = await events();
    for (const [index, { data }] of told.slice(1).entries()) {
      expect(data.previous).toEqual(told[index]!.data.current);
    }
    expect((await getOrganizationSettings(deps, admin)).meetingLength).toEqual(told.at(-1)?.data.current);
  });
});

it("is for admins who are persons", async () => {
  const userId = await createTestMember(deps, admin.organizationId, "developer", "dev@example.com");
  const developer: Principal = { ...admin, userId, actor: encodeId("usr", userId), role: "developer" };
  const key: Principal = { ...admin, kind: "key", userId: null, actor: encodeId("key", deps.newId()) };
  for (const by of [developer, key]) {
    const attempts = [
      () => changeOrganizationProfile(deps, by, profile("Other")),
      () => addOrganizationDomain(deps, by, { domain: "a.example" }),
      () => changeOrganizationSettings(deps, by, { meetingLength: { value: "45", allowUserOverride: true } }),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ status: 403 });
  }
  await expect(getOrganizationProfile(deps, developer)).rejects.toMatchObject({ status: 403 });
  expect(await events()).toEqual([]);
});

it("answers with the event that was stored", async () => {
  const { events: published } = await addOrganizationDomain(deps, admin, { domain: "a.example" });
  const id = decodeId("evt", published[0]?.eventId ?? "");
  expect(await database().query("SELECT 1 FROM event WHERE id = $1", [id])).toHaveLength(1);
});
