import { describe, expect, it } from "vitest";
import { EndpointIn, EndpointPatch } from "./endpoint";

const base = { url: "https://example.com/webhooks" };

/** Paths and messages of what is wrong with a new endpoint. */
function problems(changes: Record<string, unknown>): string[] {
  const result = EndpointIn.safeParse({ ...base, ...changes });
  if (result.success) return [];
  return result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
}

describe("EndpointIn", () => {
  it("needs a URL and nothing else", () => {
    expect(EndpointIn.parse(base)).toEqual(base);
    expect(EndpointIn.safeParse({}).success).toBe(false);
  });

  it("refuses fields that do not exist, and those that only the rules may set", () => {
    expect(EndpointIn.safeParse({ ...base, timeout: 5 }).success).toBe(false);
    expect(EndpointPatch.safeParse({ status: "healthy" }).success).toBe(false);
  });

  it("takes words in any case", () => {
    expect(EndpointPatch.parse({ state: "DISABLED" })).toEqual({ state: "disabled" });
    expect(
      EndpointIn.parse({
        ...base,
        successStatus: "2XX",
        onGone: "Disable",
        verification: { method: "CHALLENGE" },
        failurePolicy: { preset: "Streak", window: 20 },
      }),
    ).toMatchObject({
      successStatus: "2xx",
      onGone: "disable",
      verification: { method: "challenge" },
      failurePolicy: { preset: "streak", window: 20 },
    });
  });

  it("never lets a client ask for validating, which only the rules enter", () => {
    expect(EndpointPatch.safeParse({ state: "validating" }).success).toBe(false);
  });

  it.each([
    [{ timeoutSeconds: 0 }, "timeoutSeconds: must be a whole number of seconds from 1 to 30"],
    [{ timeoutSeconds: 31 }, "timeoutSeconds: must be a whole number of seconds from 1 to 30"],
    [{ timeoutSeconds: 1.5 }, "timeoutSeconds: must be a whole number of seconds from 1 to 30"],
    [
      { rateLimitPerSecond: 0 },
      "rateLimitPerSecond: must be a number from 0.01 to 10000, or null for no limit",
    ],
    [
      { retrySchedule: ["1m", "soon"] },
      "retrySchedule.1: must be a duration like 30s, 15m or 2h, at most 7d",
    ],
    [{ retrySchedule: ["8d"] }, "retrySchedule.0: must be a duration like 30s, 15m or 2h, at most 7d"],
    [{ retrySchedule: Array(11).fill("1m") }, "retrySchedule: must have at most 10 waits"],
    [{ successStatus: "3xx" }, 'successStatus: must be one of "200", "2xx"'],
    [{ description: "two\nlines" }, "description: must be one line"],
    [{ failurePolicy: {} }, 'failurePolicy.preset: needs a preset: "chronic", "streak" or "volume"'],
    [{ filter: { "a\u0000": 1 } }, "filter: must not contain NUL characters or half a surrogate pair"],
    [{ filter: { a: "\ud800" } }, "filter: must not contain NUL characters or half a surrogate pair"],
  ])("says what is wrong with %j", (changes, problem) => {
    expect(problems(changes)).toContain(problem);
  });

  it("refuses operators that run code in a filter", () => {
    expect(problems({ filter: { $where: "1" } })[0]).toMatch(/^filter: .*\$where/);
  });

  it("writes waits the shortest way and keeps an empty schedule apart from the default", () => {
    expect(EndpointIn.parse({ ...base, retrySchedule: ["60s", "120m"] }).retrySchedule).toEqual(["1m", "2h"]);
    expect(EndpointIn.parse({ ...base, retrySchedule: [] }).retrySchedule).toEqual([]);
    expect(EndpointIn.parse({ ...base, retrySchedule: null }).retrySchedule).toBeNull();
  });

  it("takes an empty filter as none", () => {
    expect(EndpointIn.parse({ ...base, filter: {} }).filter).toBeNull();
  });
});

describe("custom headers", () => {
  it.each([
    "webhook-id",
    "Webhook-Anything",
    "content-type",
    "Content-Encoding",
    "host",
    "Connection",
    "Keep-Alive",
    "TE",
    "Trailer",
    "Transfer-Encoding",
    "Upgrade",
    "Proxy-Authorization",
    "User-Agent",
  ])("may not be called %s", (name) => {
    expect(problems({ headers: { [name]: "x" } })).toEqual([
      `headers.${name}: is a header that Posthorn or the connection sets; choose another name`,
    ]);
  });

  it.each(["bad name", "", "näme", "a:b", "a\r\nx"])("may not be called %j", (name) => {
    expect(problems({ headers: { [name]: "x" } })).toHaveLength(1);
  });

  it.each(["", " x", "x ", "a\r\nInjected: 1", "ü", "\u0000"])(
    "may not have the value %j, and the message does not repeat it",
    (value) => {
      expect(problems({ headers: { "x-token": value } })).toEqual([
        "headers.x-token: needs a value of visible ASCII characters, without spaces at its ends",
      ]);
    },
  );

  it("may not be given twice in two spellings", () => {
    expect(problems({ headers: { "X-Token": "a", "x-token": "b" } })).toEqual([
      "headers.x-token: is given twice",
    ]);
  });

  it("keep their spelling", () => {
    expect(EndpointIn.parse({ ...base, headers: { Authorization: "Bearer abc" } }).headers).toEqual({
      Authorization: "Bearer abc",
    });
  });
});

it("refuses a header called __proto__ by name, instead of dropping it", () => {
  const given: unknown = JSON.parse(
    '{ "url": "https://a.example/", "headers": { "__proto__": "x", "x-a": "y" } }',
  );
  const issues = EndpointIn.safeParse(given).error?.issues ?? [];
  expect(issues.map(({ path, message }) => [path.join("."), message])).toEqual([
    ["headers.__proto__", "is not a header name; choose another one"],
  ]);
});

it("refuses a filter whose key would be lost, instead of sending everything", () => {
  const given: unknown = JSON.parse('{ "url": "https://a.example/", "filter": { "__proto__": { "a": 1 } } }');
  const result = EndpointIn.safeParse(given);
  expect(result.error?.issues.map(({ path, message }) => [path.join("."), message])).toEqual([
    ["filter", "must not have the key __proto__"],
  ]);
  expect(EndpointIn.parse({ url: "https://a.example/", filter: { a: 1 } }).filter).toEqual({ a: 1 });
  expect(EndpointIn.parse({ url: "https://a.example/" }).filter ?? null).toBeNull();
  expect(EndpointPatch.parse({ description: "The filter stays as it is" })).not.toHaveProperty("filter");
});
