import { describe, expect, it } from "vitest";
import { encodeId } from "@/lib/domain/ids";
import { EventTypeEdit } from "./event-type-draft";
import { OrganizationProfileForm } from "./organization-profile";
import { ServiceAccountPatch } from "./service-account";

describe("the form of the profile", () => {
  const held = { companyName: "Brightwater", webAddress: "https://www.example.com", logoUrl: "" };
  const save = (changes: object, loaded = JSON.stringify(held)) =>
    OrganizationProfileForm.parse({ ...held, ...changes, loaded });

  it.each([
    [{}, {}],
    [{ companyName: " Brightwater " }, {}],
    [{ webAddress: "https://www.example.com/" }, {}],
    [{ companyName: "Greywater" }, { companyName: "Greywater" }],
    [{ webAddress: "" }, { webAddress: "" }],
  ])("takes of %j only what was changed", (changes, changed) => {
    expect(save(changes)).toEqual(changed);
  });

  it.each(["", "[[[", "null", '"text"', '{"companyName":7}'])(
    "takes everything where it was loaded as %j",
    (loaded) => expect(save({}, loaded)).toEqual(held),
  );

  it("still names what is wrong", () => {
    expect(OrganizationProfileForm.safeParse({ ...held, companyName: "" }).error?.issues[0]?.path).toEqual([
      "companyName",
    ]);
  });
});

describe("the form of an event type", () => {
  const schema = '{ "type": "object", "properties": {} }';
  const held = { name: "invoice.paid", description: "", schema, example: '{ "id": 1 }' };
  const save = (changes: object) =>
    EventTypeEdit.parse({ ...held, ...changes, loaded: JSON.stringify(held) }).patch;

  it.each([
    [{}, {}],
    [{ example: '{"id":1}' }, {}],
    [{ description: "A bill." }, { description: "A bill." }],
    [{ example: '{ "id": 2 }' }, { example: { id: 2 } }],
  ])("takes of %j only what was changed", (changes, patch) => {
    expect(save(changes)).toEqual(patch);
  });

  it("takes keys in another order, as they were written", () => {
    const { schema: taken } = save({ schema: '{ "properties": {}, "type": "object" }' });
    expect(JSON.stringify(taken)).toBe('{"properties":{},"type":"object"}');
  });
});

describe("the form of a service account", () => {
  const held = { name: "Rooms", domains: ["a.example"] };
  const identity = { id: encodeId("sva", "018f3b1c-7a4e-7c3d-9b1a-2f6e5d4c3b2a"), type: "Exchange" };
  const save = (changes: object) =>
    ServiceAccountPatch.parse({ ...identity, ...held, ...changes, loaded: JSON.stringify(held) });

  it("takes only what was changed, and of the credentials what was entered", () => {
    expect(save({})).toEqual({ ...save({}), credentials: {} });
    expect(save({})).not.toHaveProperty("name");
    expect(save({ password: "a new one" })).not.toHaveProperty("domains");
    expect(save({ password: "a new one" }).credentials).toEqual({ password: "a new one" });
    expect(save({ domains: [] })).toMatchObject({ domains: [] });
    expect(save({ name: "Room mailboxes" })).toMatchObject({ name: "Room mailboxes" });
  });
});
