import { describe, expect, it } from "vitest";
import { headerRecord } from "./header-record";

describe("a header list as an object", () => {
  it("keeps the order of the wire and the spelling of the first of each name", () => {
    const record = headerRecord(["Server", "a", "X-Id", "1", "server", "b"]);
    expect(Object.entries(record)).toEqual([
      ["Server", "a, b"],
      ["X-Id", "1"],
    ]);
  });

  it("joins cookies with line feeds, because a comma is part of their dates", () => {
    const cookies = ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2"];
    expect(headerRecord(["set-cookie", cookies[0]!, "Set-Cookie", cookies[1]!])).toEqual({
      "set-cookie": cookies.join("\n"),
    });
  });

  it("takes a header called __proto__ for a header", () => {
    expect(JSON.stringify(headerRecord(["__proto__", "x"]))).toBe('{"__proto__":"x"}');
  });
});
