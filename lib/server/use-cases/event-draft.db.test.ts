import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { decodeId, encodeId } from "@/lib/domain/ids";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { checkEventDraft } from "./check-event-draft";
import { createEventType } from "./create-event-type";
import { getEventDetail } from "./get-event-detail";
import { publishEventDraft } from "./publish-event-draft";

const database = testDatabase();
let deps: Deps;
let principal: Principal;
const eventType = "shop.order.paid";

beforeEach(async () => {
  deps = await createTestDeps(database().url);
  principal = await createTestPrincipal(deps);
  const schema = { type: "object", properties: { total: { type: "number" } }, required: ["total"] };
  await createEventType(deps, principal, { name: eventType, description: "", schema, example: { total: 1 } });
});
afterEach(() => closeTestDeps(deps));

const publish = (dataText: string, idempotencyKey = "") =>
  publishEventDraft(deps, principal, { eventType, dataText, idempotencyKey });

describe("a draft", () => {
  it("names the endpoints that publishing it would reach", async () => {
    const create = (path: string, changes: object) =>
      createTestEndpoint(deps, principal.organizationId, `http://127.0.0.1:9/${path}`, changes);
    const active = await create("active", {});
    const validating = await create("validating", { state: "validating", eventTypes: ["shop.*"] });
    await create("disabled", { state: "disabled" });
    await create("other", { eventTypes: ["scheduling.*"] });
    await create("filtered", { filter: { total: 2 } });

    const verdict = await checkEventDraft(deps, principal, { eventType, dataText: '{"total":1}' });

    expect(verdict).toEqual({
      problems: [],
      endpoints: [
        { id: encodeId("ep", active.id), url: "http://127.0.0.1:9/active", state: "active" },
        { id: encodeId("ep", validating.id), url: "http://127.0.0.1:9/validating", state: "validating" },
      ],
    });
    expect(await publish('{"total":1}')).toMatchObject({ deliveries: verdict.endpoints.length });
  });

  it.each([
    ["", "data", /^is not JSON: /],
    ["{", "data", /^is not JSON: /],
    ["[1]", "data", /object/],
    ["[".repeat(5000) + "]".repeat(5000), "data", /object/],
    [`{"a":${"[".repeat(70)}${"]".repeat(70)}}`, "data", /nested/],
    ['{"total":"1"}', "data.total", /number/],
  ])("is refused with what is wrong before and when it is published: %s", async (dataText, path, message) => {
    const problem = { path, message: expect.stringMatching(message) as string };
    const verdict = await checkEventDraft(deps, principal, { eventType, dataText });
    expect(verdict).toEqual({ problems: [problem], endpoints: [] });
    await expect(publish(dataText)).rejects.toMatchObject({ status: 422, errors: [problem] });
  });

  it("says that only the system emits a type", async () => {
    const draft = { eventType: "webhook.activated", dataText: "{}" };
    const { problems } = await checkEventDraft(deps, principal, draft);
    expect(problems).toMatchObject([{ path: "eventType" }]);
  });

  it("is published as it was typed, once for a key, and who did it is noted", async () => {
    const first = await publish('{"total": 1.10}', "once");
    expect(await publish('{"total": 1.10}', "once")).toEqual({ ...first, duplicate: true });
    const event = await getEventDetail(deps, principal, decodeId("evt", first.eventId)!);
    expect(event.dataText).toBe('{"total": 1.10}');
    const notes = await deps.prisma.auditEntry.findMany({ where: { action: "event.published" } });
    expect(notes).toMatchObject([{ actor: principal.actor, target: first.eventId, after: { eventType } }]);
  });
});
