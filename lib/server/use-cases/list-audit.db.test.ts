import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { decodeId } from "@/lib/domain/ids";
import { AuditQuery } from "@/lib/schemas/audit";
import { recordAudit, type AuditedChange } from "@/lib/server/db/audit";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { getAuditEntry, listActors, listAudit } from "./list-audit";
import { renewSetupToken } from "./set-up-instance";

const database = testDatabase();
const start = Date.parse("2026-11-20T12:00:00Z");
let deps: Deps;
let admin: Principal;
let nowMs: number;

beforeEach(async () => {
  nowMs = start;
  deps = await createTestDeps(database().url, {}, { clock: () => new Date((nowMs += 1)) });
  admin = { ...(await createTestPrincipal(deps)), address: "203.0.113.9", userAgent: "Firefox/140" };
});
afterEach(() => closeTestDeps(deps));

async function record(change: AuditedChange, by = admin): Promise<void> {
  await recordAudit(deps.prisma, by, change, deps.clock(), deps.newId());
}
const list = (query: Record<string, string> = {}, by = admin) => listAudit(deps, by, AuditQuery.parse(query));
const actions = async (query: Record<string, string> = {}, by = admin) =>
  (await list(query, by)).items.map(({ action }) => action);

describe("the audit log", () => {
  it("is listed newest first, page by page, each entry once", async () => {
    for (const target of ["a", "b", "c"]) await record({ action: "endpoint.created", target });
    const first = await list({ limit: "2" });
    expect(first.items.map(({ target }) => target)).toEqual(["c", "b"]);
    await record({ action: "endpoint.created", target: "later" });
    const second = await list({ limit: "2", cursor: first.nextCursor ?? "" });
    expect(second).toMatchObject({ items: [{ target: "a" }], nextCursor: null });
    await expect(list({ cursor: "aud_1" })).rejects.toMatchObject({ status: 422 });
  });

  it("is searched by who, what, to what, when, from where, and any word of before and after", async () => {
    const key = {
      ...admin,
      actor: "key_01h455vb4pex5vsknk084sn02q",
      actorLabel: "Shop",
      address: "198.51.100.7",
    };
    await record({ action: "endpoint.updated", target: "ep_1", before: { url: "https://old.example" } });
    nowMs += 3_600_000;
    await record({ action: "endpoint.secret_shown", target: "ep_2" }, key);
    const since = new Date(start + 1_800_000).toISOString();
    expect(await actions({ actor: key.actor })).toEqual(["endpoint.secret_shown"]);
    expect(await actions({ action: "endpoint.updated,endpoint.deleted" })).toEqual(["endpoint.updated"]);
    expect(await actions({ since })).toEqual(["endpoint.secret_shown"]);
    expect(await actions({ until: since })).toEqual(["endpoint.updated"]);
    expect(await actions({ until: "1969-12-31T23:59:59.999Z" })).toEqual([]);
    for (const search of ["ep_2", "shop", "198.51.100.7", "SECRET_SHOWN"]) {
      expect(await actions({ search }), search).toEqual(["endpoint.secret_shown"]);
    }
    for (const search of ["OLD.example", "ep_1", "203.0.113"]) {
      expect(await actions({ search }), search).toEqual(["endpoint.updated"]);
    }
    expect(await actions({ search: "100%_" })).toEqual([]);
    expect(await listActors(deps, admin, "0")).toEqual([
      { actor: key.actor, actorLabel: "Shop" },
      { actor: admin.actor, actorLabel: admin.actorLabel },
    ]);
  });

  it("shows one entry with what was before and after, and where it came from", async () => {
    await record({ action: "organization.renamed", before: { name: "Old" }, after: { name: "New" } });
    const [listed] = (await list()).items;
    expect(listed).not.toHaveProperty("before");
    const entry = await getAuditEntry(deps, admin, decodeId("aud", listed?.id ?? "") ?? "");
    expect(entry).toEqual({
      ...listed,
      ...{ before: { name: "Old" }, after: { name: "New" } },
      ...{ address: "203.0.113.9", userAgent: "Firefox/140", organizationName: "Example" },
    });
  });

  it("is for admins of the organization, and never another organization's", async () => {
    await record({ action: "endpoint.created" });
    const [{ id = "" } = {}] = (await list()).items;
    const uuid = decodeId("aud", id) ?? "";
    const stranger = await createTestPrincipal(deps);
    expect(await actions({}, stranger)).toEqual([]);
    expect(await actions({ cursor: id }, stranger)).toEqual([]);
    expect(await listActors(deps, stranger, "0")).toEqual([]);
    await expect(getAuditEntry(deps, stranger, uuid)).rejects.toMatchObject({ status: 404 });
    const developer = { ...admin, role: "developer" as const };
    await expect(list({}, developer)).rejects.toMatchObject({ status: 403 });
    await expect(getAuditEntry(deps, developer, uuid)).rejects.toMatchObject({ status: 403 });
    await expect(listActors(deps, developer, "0")).rejects.toMatchObject({ status: 403 });
  });

  it("is shown over all organizations, with the instance's own entries, to operators alone", async () => {
    await record({ action: "endpoint.created" }, await createTestPrincipal(deps));
    await renewSetupToken(deps);
    await expect(list({ all: "1" })).rejects.toMatchObject({ status: 403 });
    const operator = { ...admin, isOperator: true };
    expect(await actions({}, operator)).toEqual([]);
    expect(await actions({ all: "1" }, operator)).toEqual(["instance.setup_link_made", "endpoint.created"]);
    const [instance] = (await list({ all: "1" }, operator)).items;
    expect(instance).toMatchObject({ actor: "system", organizationName: null });
    const id = decodeId("aud", instance?.id ?? "") ?? "";
    await expect(getAuditEntry(deps, operator, id)).resolves.toMatchObject({
      action: "instance.setup_link_made",
    });
    await expect(getAuditEntry(deps, admin, id)).rejects.toMatchObject({ status: 404 });
  });
});
