import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EndpointIn, EndpointPatch } from "@/lib/schemas/endpoint";
import { EventTypeIn, EventTypePatch } from "@/lib/schemas/event-type";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import { waitingForLocks } from "@/lib/server/db/testing/waiting-for-locks";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { publishText } from "@/lib/server/testing/publish-text";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { checkEventTypeDraft } from "./check-event-type-draft";
import { createEndpoint } from "./create-endpoint";
import { createEventType } from "./create-event-type";
import { deleteEventType } from "./delete-event-type";
import { getEventType } from "./get-event-type";
import { listEventTypeSubscribers } from "./list-event-type-subscribers";
import { listAllEventTypes, listEventTypeNames, listEventTypes } from "./list-event-types";
import { updateEndpoint } from "./update-endpoint";
import { updateEventType } from "./update-event-type";

const database = testDatabase();
let deps: Deps;
let admin: Principal;
let now = new Date();

beforeEach(async () => {
  deps = await createTestDeps(database().url, {}, { clock: () => now });
  admin = await createTestPrincipal(deps);
});
afterEach(() => closeTestDeps(deps));

const paid = {
  name: "invoice.paid",
  description: "An invoice was paid.",
  schema: {
    type: "object",
    properties: { total: { type: "number" }, id: { type: "string" } },
    required: ["total", "id"],
  },
  example: { total: 12.5, id: "inv_1" },
};
const create = (changes: object = {}, principal = admin) =>
  createEventType(deps, principal, EventTypeIn.parse({ ...paid, ...changes }));
const update = (patch: object, principal = admin) =>
  updateEventType(deps, principal, "invoice.paid", EventTypePatch.parse(patch));

describe("an own event type", () => {
  it("is kept as it was written, keys in their order", async () => {
    const created = await create();
    expect(created).toEqual({ ...paid, group: "invoice", builtIn: false, deprecated: false });
    const read = await getEventType(deps, admin, "invoice.paid");
    expect(JSON.stringify(read)).toBe(JSON.stringify(created));
    expect(await listEventTypeNames(deps, admin)).toContain("invoice.paid");
  });

  it("is not seen, changed or deleted by another organization, which can have the same name", async () => {
    await create();
    const other = await createTestPrincipal(deps);
    await expect(getEventType(deps, other, "invoice.paid")).rejects.toMatchObject({ status: 404 });
    await expect(update({ description: "" }, other)).rejects.toMatchObject({ status: 404 });
    await expect(deleteEventType(deps, other, "invoice.paid")).rejects.toMatchObject({ status: 404 });
    await create({ description: "Ours." }, other);
    expect(await getEventType(deps, admin, "invoice.paid")).toMatchObject({ description: paid.description });
  });

  it("is registered, changed and deleted by admins alone", async () => {
    const developer = await createTestPrincipal(deps, "developer");
    await expect(create({}, developer)).rejects.toMatchObject({ status: 403 });
    await expect(update({}, developer)).rejects.toMatchObject({ status: 403 });
    await expect(deleteEventType(deps, developer, "invoice.paid")).rejects.toMatchObject({ status: 403 });
  });

  it("has a name of its own, also when two are registered at once", async () => {
    const results = await Promise.allSettled([create(), create()]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(create()).rejects.toMatchObject({ status: 409, errors: [{ path: "name" }] });
  });

  it.each([
    [{ schema: { type: "objekt" } }, /^schema/],
    [{ schema: { $ref: "https://example.com/schema.json" } }, /^schema\.\$ref/],
    [{ example: { total: "12" } }, /^example/],
  ])("is refused with the path of what is wrong: %j", async (changes, path) => {
    await expect(create(changes)).rejects.toMatchObject({
      status: 422,
      errors: expect.arrayContaining([
        { path: expect.stringMatching(path) as string, message: expect.any(String) as string },
      ]) as unknown,
    });
    await expect(getEventType(deps, admin, "invoice.paid")).rejects.toMatchObject({ status: 404 });
  });

  it("is changed field by field, and schema and example always go together", async () => {
    await create();
    const schema = { ...paid.schema, required: ["total", "id", "currency"] };
    await expect(update({ schema })).rejects.toMatchObject({
      status: 422,
      errors: [{ path: "example.currency" }],
    });
    const example = { ...paid.example, currency: "EUR" };
    expect(await update({ schema, example })).toMatchObject({
      schema,
      example,
      description: paid.description,
    });
    expect(await update({ description: "Paid." })).toMatchObject({ schema, example, description: "Paid." });
  });

  it("can be deprecated and is published all the same, and can be brought back", async () => {
    await create();
    expect(await update({ deprecated: true })).toMatchObject({ deprecated: true });
    expect(await update({ description: "Old." })).toMatchObject({ deprecated: true });
    const body = JSON.stringify({ eventType: "invoice.paid", data: paid.example });
    expect(await publishText(deps, admin, body)).toMatchObject({ eventType: "invoice.paid" });
    expect(await update({ deprecated: false })).toMatchObject({ deprecated: false });
  });

  it("is not told about where saving it changed nothing, and is where only the order of its keys did", async () => {
    await create();
    const { description, schema, example } = paid;
    await update({ description, schema, example });
    await update({ deprecated: false });
    const changes = () => deps.prisma.auditEntry.count({ where: { action: "event_type.changed" } });
    expect(await changes()).toBe(0);
    await update({ schema: Object.fromEntries(Object.entries(schema).reverse()) });
    expect(await changes()).toBe(1);
  });

  it("is told about in the audit log, without its schema", async () => {
    const later = () => (now = new Date(now.getTime() + 1));
    await create();
    later();
    await update({ example: { total: 1, id: "" } });
    later();
    await deleteEventType(deps, admin, "invoice.paid");
    const entries = await deps.prisma.auditEntry.findMany({ orderBy: { id: "asc" } });
    expect(entries.map(({ action, target, actor }) => ({ action, target, actor }))).toEqual(
      ["event_type.created", "event_type.changed", "event_type.deleted"].map((action) => ({
        action,
        target: "invoice.paid",
        actor: admin.actor,
      })),
    );
    expect(entries[1]?.after).toEqual({
      description: paid.description,
      deprecated: false,
      example: "changed",
    });
  });
});

describe("deleting", () => {
  it("is refused while an event of the type is kept", async () => {
    await create();
    await publishText(deps, admin, JSON.stringify({ eventType: "invoice.paid", data: paid.example }));
    await expect(deleteEventType(deps, admin, "invoice.paid")).rejects.toMatchObject({ status: 409 });
  });

  it("is refused while an endpoint depends on it: by name, or by a group without another type", async () => {
    await create();
    const endpoint = (eventTypes: string[]) =>
      createTestEndpoint(deps, admin.organizationId, "http://127.0.0.1:9/a", {
        eventTypes,
        state: "disabled",
      });
    const byName = await endpoint(["invoice.paid"]);
    await expect(deleteEventType(deps, admin, "invoice.paid")).rejects.toMatchObject({ status: 409 });
    await deps.prisma.endpoint.update({ where: { id: byName.id }, data: { eventTypes: ["invoice.*", "*"] } });
    await expect(deleteEventType(deps, admin, "invoice.paid")).rejects.toMatchObject({ status: 409 });
    await create({ name: "invoice.sent" });
    await deleteEventType(deps, admin, "invoice.paid");
    await expect(getEventType(deps, admin, "invoice.paid")).rejects.toMatchObject({ status: 404 });
  });
});

describe("deleting a type while an endpoint subscribes to it", () => {
  const type = "invoice.paid";
  const url = "http://127.0.0.1:4319/a";
  const subscriptions: [string, () => Promise<() => Promise<unknown>>][] = [
    [
      "is created",
      async () => () => createEndpoint(deps, admin, EndpointIn.parse({ url, eventTypes: [type] })),
    ],
    [
      "is changed",
      async () => {
        const { id } = await createTestEndpoint(deps, admin.organizationId, url);
        return () => updateEndpoint(deps, admin, id, EndpointPatch.parse({ eventTypes: [type] }));
      },
    ],
  ];

  /** Does the first, and begins the second before it is committed. Returns how the second ended. */
  async function beforeCommitOf(first: () => Promise<unknown>, second: () => Promise<unknown>) {
    const { transaction } = deps;
    const { begun } = await transaction(async (open) => {
      deps.transaction = (work) => work(open);
      await first();
      deps.transaction = transaction;
      const ended = Promise.allSettled([second()]);
      const waits = vi.waitFor(async () => expect(await waitingForLocks(deps.sql)).toBe(1), 10_000);
      await Promise.race([ended, waits]);
      return { begun: ended };
    });
    return (await begun)[0];
  }

  it.each(subscriptions)("refuses the endpoint that %s when the type is gone by then", async (_, arrange) => {
    await create();
    const subscribe = await arrange();
    const outcome = await beforeCommitOf(() => deleteEventType(deps, admin, type), subscribe);
    const reason = { status: 422, errors: [{ path: "eventTypes" }] };
    expect(outcome).toMatchObject({ status: "rejected", reason });
  });

  it.each(subscriptions)("is refused when an endpoint that %s has it by then", async (_, arrange) => {
    await create();
    const subscribe = await arrange();
    const outcome = await beforeCommitOf(subscribe, () => deleteEventType(deps, admin, type));
    expect(outcome).toMatchObject({ status: "rejected", reason: { status: 409 } });
    expect(await listEventTypeSubscribers(deps, admin, type)).toHaveLength(1);
  });
});

describe("a draft of a type", () => {
  const draft = { ...paid, name: "invoice.sent" };
  const check = (changes: object, isNew = true, principal = admin) =>
    checkEventTypeDraft(deps, principal, { ...draft, ...changes }, { isNew });

  it("is told everything that saving it would refuse", async () => {
    await create();
    expect(await check({})).toEqual([]);
    expect(await check({ name: "invoice.paid" })).toMatchObject([{ path: "name" }]);
    expect(await check({ name: "invoice.paid" }, false)).toEqual([]);
    expect(await check({ name: "webhook.x", example: { id: "" } })).toMatchObject([
      { path: "name" },
      { path: "example.total" },
    ]);
    expect((await check({ schema: { type: "objekt" } })).map(({ path }) => path)).toContain("schema.type");
  });

  it("is checked for admins alone", async () => {
    const developer = await createTestPrincipal(deps, "developer");
    await expect(check({}, true, developer)).rejects.toMatchObject({ status: 403 });
  });
});

describe("the subscribers of a type", () => {
  it("are the organization's endpoints that want it, in any state, and no other's", async () => {
    await create();
    const { organizationId } = await createTestPrincipal(deps);
    await createTestEndpoint(deps, organizationId, "http://127.0.0.1:9/theirs");
    const endpoint = (path: string, changes: object) =>
      createTestEndpoint(deps, admin.organizationId, `http://127.0.0.1:9/${path}`, changes);
    await endpoint("named", { eventTypes: ["invoice.paid"], state: "disabled" });
    now = new Date(now.getTime() + 1);
    await endpoint("everything", { filter: { total: 1 } });
    await endpoint("other", { eventTypes: ["scheduling.*"] });
    expect(await listEventTypeSubscribers(deps, admin, "invoice.paid")).toMatchObject([
      { url: "http://127.0.0.1:9/named", state: "disabled", isFiltered: false },
      { url: "http://127.0.0.1:9/everything", state: "active", isFiltered: true },
    ]);
  });
});

describe("built-in types", () => {
  const name = "scheduling.smartscheduler.scheduled";

  it("are known to every organization and cannot be changed or deleted", async () => {
    expect(await getEventType(deps, admin, name)).toMatchObject({ name, builtIn: true, group: "scheduling" });
    await expect(updateEventType(deps, admin, name, { deprecated: true })).rejects.toMatchObject({
      status: 403,
    });
    await expect(deleteEventType(deps, admin, name)).rejects.toMatchObject({ status: 403 });
  });

  it("are listed after the organization's own, page by page, each once", async () => {
    await create();
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listEventTypes(deps, admin, { limit: 4, cursor });
      names.push(...page.items.map((type) => type.name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(names).toEqual((await listAllEventTypes(deps, admin)).map((type) => type.name));
    expect(names[0]).toBe("invoice.paid");
    expect(names).toHaveLength(14);
    await expect(listEventTypes(deps, admin, { limit: 4, cursor: "nothing" })).rejects.toMatchObject({
      status: 422,
    });
  });
});
