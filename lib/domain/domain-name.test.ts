import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkDomainName } from "./domain-name";

describe("checkDomainName", () => {
  it.each([
    ["brightwater.example", "brightwater.example"],
    ["  Brightwater.EXAMPLE ", "brightwater.example"],
    ["mail.brightwater.example", "mail.brightwater.example"],
    ["brightwater.example.", "brightwater.example"],
    ["bücher.example", "xn--bcher-kva.example"],
    ["BÜCHER.example", "xn--bcher-kva.example"],
    ["xn--bcher-kva.example", "xn--bcher-kva.example"],
    ["例え.テスト", "xn--r8jz45g.xn--zckzah"],
    ["a-b.1and1.example", "a-b.1and1.example"],
    [`${"a".repeat(63)}.example`, `${"a".repeat(63)}.example`],
  ])("keeps %j as %s", (text, name) => {
    expect(checkDomainName(text)).toEqual({ ok: true, name });
  });

  it.each([
    ["", "empty"],
    ["   ", "empty"],
    ["*.example.com", "wildcard"],
    ["ada@example.com", "behind the @"],
    ["https://example.com", "without https://"],
    ["example.com/path", "without https://"],
    ["example.com?q", "without https://"],
    ["example.com:8080", "without a port"],
    ["127.0.0.1", "IP address"],
    ["10.1", "IP address"],
    ["0x7f.1", "IP address"],
    ["2001:db8::1", "IP address"],
    ["[2001:db8::1]", "IP address"],
    ["localhost", "with its ending"],
    ["example..com", "not a domain name"],
    [".example.com", "not a domain name"],
    ["-a.example", "not a domain name"],
    ["a-.example", "not a domain name"],
    ["under_score.example", "not a domain name"],
    ["two words.example", "not a domain name"],
    ["a%2eb.example", "not a domain name"],
    ["a\u202eb.example", "not a domain name"],
    ["a\u0000b.example", "not a domain name"],
    [`${"a".repeat(64)}.example`, "not a domain name"],
    [`${"a.".repeat(124)}example`, "not a domain name"],
  ])("refuses %j", (text, words) => {
    expect(checkDomainName(text)).toEqual({ ok: false, problem: expect.stringContaining(words) });
  });

  it("gives the same name for a name that it gave, and never more than one host", () => {
    fc.assert(
      fc.property(fc.oneof(fc.domain(), fc.string(), fc.webAuthority()), (text) => {
        const checked = checkDomainName(text);
        if (!checked.ok) return;
        expect(checkDomainName(checked.name)).toEqual(checked);
        expect(checked.name).toMatch(/^[a-z0-9.-]{3,253}$/);
        expect(URL.parse(`https://${checked.name}/`)?.hostname).toBe(checked.name);
      }),
    );
  });
});
