import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkWebAddress } from "./web-address";

describe("checkWebAddress", () => {
  it.each([
    ["https://www.example.com", "https://www.example.com"],
    ["https://www.example.com/", "https://www.example.com"],
    [" HTTP://Example.com:8080/Path?q=1#top ", "http://example.com:8080/Path?q=1#top"],
    ["https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"],
    ["https://example.com/?", "https://example.com/?"],
  ])("keeps %j as %s", (text, address) => {
    expect(checkWebAddress(text)).toEqual({ ok: true, address });
  });

  it.each([
    ["", "whole address"],
    ["www.example.com", "whole address"],
    ["https:example.com", "whole address"],
    ["https:///example.com", "whole address"],
    ["javascript:alert(1)", "whole address"],
    ["data:text/html,x", "whole address"],
    ["ftp://example.com", "whole address"],
    ["https://exam ple.com", "whole address"],
    ["https://example.com/\nx", "whole address"],
    ["https://ada:secret@example.com", "user name or password"],
    [`https://example.com/${"x".repeat(2048)}`, "at most 2048"],
    [`https://example.com/${"ä".repeat(1000)}`, "at most 2048"],
  ])("refuses %j, and does not repeat it", (text, words) => {
    const checked = checkWebAddress(text);
    expect(checked).toEqual({ ok: false, problem: expect.stringContaining(words) });
    expect(JSON.stringify(checked)).not.toContain("secret");
  });

  it("gives the same address for an address that it gave, and only of the web", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.webUrl({ withFragments: true, withQueryParameters: true }), fc.string()),
        (text) => {
          const checked = checkWebAddress(text);
          if (!checked.ok) return;
          expect(checkWebAddress(checked.address)).toEqual(checked);
          expect(checked.address).toMatch(/^https?:\/\/[\x21-\x7e]+$/);
        },
      ),
    );
  });
});
