import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { ApiKeyIn } from "./api-key";
import { AttemptListQuery } from "./attempt";
import { EndpointListQuery } from "./endpoint";
import { EndpointTestIn } from "./endpoint-test";
import { EventTypeDraftToCheck } from "./event-type-draft";
import { InvitationIn } from "./member";
import { ReplayIn } from "./replay";
import { lineIn } from "./storable-text";

const replay = { since: "2026-01-01T00:00:00Z", scope: "all" };
const inputs: Record<string, (text: string) => z.ZodSafeParseResult<unknown>> = {
  "an event type to filter attempts by": (eventType) => AttemptListQuery.safeParse({ eventType }),
  "a search for endpoints": (search) => EndpointListQuery.safeParse({ search }),
  "an event type to replay": (eventType) => ReplayIn.safeParse({ ...replay, eventTypes: [eventType] }),
  "an event type to test with": (eventType) => EndpointTestIn.safeParse({ eventType }),
  "the name of an API key": (name) => ApiKeyIn.safeParse({ name, scopes: ["events:read"] }),
  "the address of an invitation": (local) =>
    InvitationIn.safeParse({ email: `${local}@example.com`, role: "developer" }),
};

describe.each(Object.entries(inputs))("%s", (_what, parse) => {
  it("is refused with NUL or half of a surrogate pair, which the database would fail on", () => {
    expect(parse("invoice.paid").success).toBe(true);
    expect(parse("invoice\u0000.paid").success).toBe(false);
    expect(parse("invoice\ud800.paid").success).toBe(false);
  });
});

describe("JSON that comes from a form", () => {
  const nested = (levels: number) => '{"a":'.repeat(levels) + "1" + "}".repeat(levels);

  it("is refused before its depth overflows the stack", () => {
    const draft = { name: "invoice.paid", description: "", schema: "{}" };
    expect(EventTypeDraftToCheck.safeParse({ ...draft, example: nested(64) }).success).toBe(true);
    expect(EventTypeDraftToCheck.safeParse({ ...draft, example: nested(60_000) }).success).toBe(false);
    expect(EndpointTestIn.safeParse({ data: JSON.parse(nested(63)) }).success).toBe(true);
    expect(EndpointTestIn.safeParse({ data: JSON.parse(nested(60_000)) }).success).toBe(false);
  });
});

it("refuses a line that turns the direction of what stands after it, and keeps the marks that names need", () => {
  for (const turning of ["\u202a", "\u202e", "\u2066", "\u2069"]) {
    expect(lineIn(80).safeParse(`invoice${turning}gpj.exe`).success).toBe(false);
  }
  expect(lineIn(80).parse("שלום\u200f (1)")).toBe("שלום\u200f (1)");
});
