import { afterEach, beforeEach, expect, it } from "vitest";
import { decodeId } from "@/lib/domain/ids";
import { serviceAccountsMax } from "@/lib/domain/service-account";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { credentialsContext } from "@/lib/server/sealing";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { addOrganizationDomain } from "./change-organization-domains";
import { addServiceAccount, editServiceAccount, removeServiceAccount } from "./change-service-account";
import { getServiceAccount, listOwnServiceAccounts } from "./get-service-account";

const database = testDatabase();
let deps: Deps;
let admin: Principal;

beforeEach(async () => {
  deps = await createTestDeps(database().url);
  admin = await createTestPrincipal(deps);
  for (const domain of ["a.example", "b.example"]) await addOrganizationDomain(deps, admin, { domain });
});
afterEach(() => closeTestDeps(deps));

const credentials = {
  tenantId: "planted-tenant",
  clientId: "planted-client",
  clientSecret: "planted-secret",
};
const input = { type: "Microsoft" as const, name: "Calendar sync", domains: ["b.example"], credentials };

async function add(): Promise<string> {
  await addServiceAccount(deps, admin, input);
  return decodeId("sva", (await listOwnServiceAccounts(deps, admin)).at(-1)?.id ?? "") ?? "";
}

const edit = (id: string, changes: Partial<typeof input> = {}, by = admin) =>
  editServiceAccount(deps, by, { ...input, id, credentials: {} as typeof credentials, ...changes });

/** The events about service accounts, oldest first. */
async function told() {
  const rows = await database().query<{ data: string }>(
    "SELECT data FROM event WHERE event_type = 'organization.service_account.changed' ORDER BY id",
  );
  return rows.map(({ data }) => {
    const { previous, current } = JSON.parse(data) as { previous: unknown; current: unknown };
    return { previous, current };
  });
}

async function storedCredentials(id: string): Promise<unknown> {
  const [row] = await database().query<{ sealed: string }>(
    "SELECT credentials_sealed AS sealed FROM service_account WHERE id = $1",
    [id],
  );
  return JSON.parse(deps.sealer.open(row?.sealed ?? "", credentialsContext(id)));
}

const account = { type: "Microsoft", name: "Calendar sync", domains: ["b.example"] };

it("tells that an account was added, changed and removed, and of its credentials only whether they changed", async () => {
  const id = await add();
  await edit(id, { name: "Calendars" });
  await edit(id, { name: "Calendars", credentials: { clientSecret: "planted-other" } as typeof credentials });
  expect(await storedCredentials(id)).toEqual({ ...credentials, clientSecret: "planted-other" });
  await removeServiceAccount(deps, admin, { id });
  const renamed = { ...account, name: "Calendars" };
  expect(await told()).toEqual([
    { previous: {}, current: { ...account, credentials: "changed" } },
    { previous: account, current: { ...renamed, credentials: "unchanged" } },
    { previous: renamed, current: { ...renamed, credentials: "changed" } },
    { previous: renamed, current: {} },
  ]);
  expect(await listOwnServiceAccounts(deps, admin)).toEqual([]);
});

it("publishes nothing when nothing changed, the same credentials entered again included", async () => {
  const id = await add();
  expect(await edit(id)).toEqual({ events: [] });
  expect(await edit(id, { credentials })).toEqual({ events: [] });
  expect(await told()).toHaveLength(1);
});

it("keeps credentials nowhere but sealed in its own row", async () => {
  const id = await add();
  await edit(id, { credentials: { ...credentials, clientSecret: "planted-other" } });
  await removeServiceAccount(deps, admin, { id: await add() });
  expect(await storedCredentials(id)).toMatchObject({ tenantId: "planted-tenant" });
  for (const table of ["event", "audit_entry", "service_account", "delivery"]) {
    const rows = await database().query<{ text: string }>(`SELECT to_jsonb(t)::text AS text FROM ${table} t`);
    expect(rows.map(({ text }) => text).join("\n")).not.toContain("planted");
  }
  const shown = [await listOwnServiceAccounts(deps, admin), await getServiceAccount(deps, admin, id)];
  expect(JSON.stringify(shown)).not.toMatch(/planted|sealed/i);
  // Bound to its row: another account's id does not open it.
  const [row] = await database().query<{ sealed: string }>(
    "SELECT credentials_sealed AS sealed FROM service_account",
  );
  expect(() => deps.sealer.open(row?.sealed ?? "", credentialsContext(deps.newId()))).toThrow();
});

it("refuses what is missing or not the organization's, by its name", async () => {
  const incomplete = { ...input, credentials: { clientId: "c" } };
  await expect(addServiceAccount(deps, admin, incomplete)).rejects.toMatchObject({
    status: 422,
    errors: [{ path: "tenantId" }, { path: "clientSecret" }],
  });
  const foreign = { ...input, domains: ["a.example", "foreign.example"] };
  await expect(addServiceAccount(deps, admin, foreign)).rejects.toMatchObject({
    errors: [{ path: "domains" }],
  });
  const id = await add();
  const other = { ...input, id, type: "Salesforce" as const };
  await expect(editServiceAccount(deps, admin, other)).rejects.toMatchObject({ errors: [{ path: "type" }] });
});

it("keeps domains in the order of the organization's list", async () => {
  const id = await add();
  await edit(id, { domains: ["b.example", "a.example"] });
  expect((await getServiceAccount(deps, admin, id)).domains).toEqual(["a.example", "b.example"]);
});

it("is told as a chain when two admins edit one at once", async () => {
  const id = await add();
  const names = Array.from({ length: 6 }, (_, index) => `Name ${index}`);
  await Promise.all(names.map((name) => edit(id, { name })));
  const events = await told();
  expect(events).toHaveLength(names.length + 1);
  for (const [index, { previous }] of events.slice(1).entries()) {
    const { credentials: _word, ...before } = events[index]!.current as Record<string, unknown>;
    expect(previous).toEqual(before);
  }
});

it("of another organization is not found, and not for developers", async () => {
  const id = await add();
  const stranger = await createTestPrincipal(deps);
  await expect(edit(id, {}, stranger)).rejects.toMatchObject({ status: 404 });
  await expect(removeServiceAccount(deps, stranger, { id })).rejects.toMatchObject({ status: 404 });
  await expect(getServiceAccount(deps, stranger, id)).rejects.toMatchObject({ status: 404 });
  expect(await listOwnServiceAccounts(deps, stranger)).toEqual([]);
  const developer: Principal = { ...admin, role: "developer" };
  await expect(edit(id, {}, developer)).rejects.toMatchObject({ status: 403 });
  await expect(getServiceAccount(deps, developer, id)).rejects.toMatchObject({ status: 403 });
});

it("is one of a hundred at most", async () => {
  const id = await add();
  await database().query(
    `INSERT INTO service_account
       SELECT gen_random_uuid(), organization_id, type, name, domains, credentials_sealed, created_at, updated_at
       FROM service_account, generate_series(2, $2) WHERE id = $1`,
    [id, serviceAccountsMax],
  );
  await expect(addServiceAccount(deps, admin, input)).rejects.toMatchObject({ status: 409 });
});
