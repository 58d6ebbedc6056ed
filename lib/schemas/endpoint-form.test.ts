import { describe, expect, it } from "vitest";
import { encodeId } from "@/lib/domain/ids";
import { EndpointForm, EndpointSettingsForm } from "./endpoint-form";

const fields = { url: " https://example.com/hooks ", eventTypes: ["*"] };

const problems = (changes: object) => {
  const result = EndpointForm.safeParse({ ...fields, ...changes });
  return result.success ? [] : result.error.issues.map(({ path, message }) => [path.join("."), message]);
};

describe("EndpointForm", () => {
  it("reads empty fields as the defaults", () => {
    expect(EndpointForm.parse({ ...fields, timeoutSeconds: "", retryMode: "default", filter: " " })).toEqual({
      url: "https://example.com/hooks",
      description: "",
      eventTypes: ["*"],
      filter: null,
      timeoutSeconds: null,
      retrySchedule: null,
      rateLimitPerSecond: null,
      failurePolicy: { preset: "chronic" },
      headers: {},
    });
  });

  it("reads every setting", () => {
    expect(
      EndpointForm.parse({
        ...fields,
        eventTypes: ["a.b", "a.b", ""],
        filter: '{ "a": 1 }',
        successStatus: "2xx",
        onGone: "disable",
        timeoutSeconds: "5",
        retryMode: "own",
        retrySchedule: "1m, 60s  2h",
        rateLimitPerSecond: "0.5",
        verificationMethod: "challenge",
        challengeHeader: "x-check",
        preset: "streak",
        window: "20",
        warnFailures: "",
      }),
    ).toMatchObject({
      eventTypes: ["a.b"],
      filter: { a: 1 },
      successStatus: "2xx",
      onGone: "disable",
      timeoutSeconds: 5,
      retrySchedule: ["1m", "1m", "2h"],
      rateLimitPerSecond: 0.5,
      verification: { method: "challenge", challengeHeader: "x-check" },
      failurePolicy: { preset: "streak", window: 20 },
    });
    expect(EndpointForm.parse({ ...fields, retryMode: "none" }).retrySchedule).toEqual([]);
    expect(
      EndpointForm.parse({ ...fields, preset: "chronic", probationAfter: "12h", disableAfter: "3d" })
        .failurePolicy,
    ).toEqual({ preset: "chronic", probationAfterSeconds: 43_200, disableAfterSeconds: 259_200 });
  });

  it("names the field that is wrong the way the API does", () => {
    expect(problems({ filter: "{" })).toContainEqual(["filter", "is not valid JSON"]);
    expect(problems({ timeoutSeconds: "ten" })).toContainEqual([
      "timeoutSeconds",
      "must be a whole number of seconds from 1 to 30",
    ]);
    expect(problems({ probationAfter: "soon" })).toContainEqual([
      "failurePolicy.probationAfterSeconds",
      "must be a duration like 30s, 12h or 3d",
    ]);
    expect(problems({ retryMode: "own", retrySchedule: "1m, x" })[0]?.[0]).toBe("retrySchedule.1");
    expect(problems({ retryMode: "own", retrySchedule: " " })[0]?.[0]).toBe("retrySchedule");
    expect(problems({ headerNames: ["host"], headerValues: ["x"] })[0]?.[0]).toBe("headers.host");
  });

  it("keeps a stored header whose value was left empty, and only that", () => {
    const stored = { storedHeaders: ["X-One", "X-Two"] };
    const rows = { headerNames: ["x-one", "X-Two", "", "X-New"], headerValues: ["", "changed", "", "n"] };
    expect(EndpointForm.parse({ ...fields, ...stored, ...rows }).headers).toEqual({
      "x-one": "***",
      "X-Two": "changed",
      "X-New": "n",
    });
    expect(problems({ ...stored, headerNames: ["X-Other"], headerValues: [""] })).toHaveLength(1);
  });

  it("refuses a header given twice", () => {
    expect(problems({ headerNames: ["a", "A"], headerValues: ["1", "2"] })).toContainEqual([
      "headers.A",
      "is given twice",
    ]);
  });
});

describe("EndpointSettingsForm", () => {
  const id = "018f2b6a-91a4-7c3e-8d15-2f60c7a4e9b1";

  it("is the same form with the endpoint's id", () => {
    const parsed = EndpointSettingsForm.parse({ ...fields, id: encodeId("ep", id) });
    expect(parsed).toMatchObject({ id, settings: { url: "https://example.com/hooks" } });
  });

  it("takes from a form only what was changed since it was loaded", () => {
    const names = { headerNames: ["X-One", ""], headerValues: ["", ""], storedHeaders: ["X-One", ""] };
    const loaded = JSON.stringify({ ...fields, ...names, description: "Orders", timeoutSeconds: "5" });
    const save = (changes: object) =>
      EndpointSettingsForm.parse({
        ...{ ...fields, ...names, description: "Orders", timeoutSeconds: "5", loaded },
        ...{ id: encodeId("ep", id), ...changes },
      }).settings;
    expect(save({})).toEqual({});
    expect(save({ description: "Orders of the shop" })).toEqual({ description: "Orders of the shop" });
    expect(save({ timeoutSeconds: "" })).toEqual({ timeoutSeconds: null });
    expect(save({ headerValues: ["new", ""] })).toEqual({ headers: { "X-One": "new" } });
    expect(save({ loaded: "nothing of ours" })).toMatchObject({ url: "https://example.com/hooks" });
  });

  it("keeps the paths of what is wrong", () => {
    const result = EndpointSettingsForm.safeParse({
      ...fields,
      id: encodeId("ep", id),
      timeoutSeconds: "99",
    });
    expect(result.error?.issues.map(({ path }) => path.join("."))).toEqual(["timeoutSeconds"]);
  });
});
