import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCidr, type Cidr } from "./address-policy";
import { bareHost, checkEndpointUrl, isLocalName, type EndpointUrlPolicy } from "./endpoint-url";

function ranges(...texts: string[]): Cidr[] {
  return texts.flatMap((text) => parseCidr(text) ?? []);
}

const strict: EndpointUrlPolicy = { allow: [], requireHttps: true };
const local: EndpointUrlPolicy = { allow: ranges("127.0.0.0/8", "::1/128"), requireHttps: true };
const open: EndpointUrlPolicy = { allow: [], requireHttps: false };

describe("checkEndpointUrl", () => {
  it.each([
    ["https://example.com", "https://example.com/"],
    ["  https://Example.com/Hooks?a=b  ", "https://example.com/Hooks?a=b"],
    ["https://example.com:8443/", "https://example.com:8443/"],
    ["https://example.com:443/x", "https://example.com/x"],
    ["https://example.com./x", "https://example.com./x"],
    ["https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"],
    ["https://example.com/@user:name", "https://example.com/@user:name"],
    ["https://my_host.example.com/", "https://my_host.example.com/"],
    ["HTTPS://EXAMPLE.COM", "https://example.com/"],
  ])("accepts %s", (text, href) => {
    const check = checkEndpointUrl(text, strict);
    expect(check).toMatchObject({ ok: true, host: "name" });
    expect(check).not.toHaveProperty("needsResolution");
    expect(check.ok && check.url.href).toBe(href);
  });

  it.each(["https://93.184.216.34/", "https://93.184.216.34:1/x", "https://[2606:4700:4700::1111]/x"])(
    "accepts the public literal %s",
    (text) => {
      expect(checkEndpointUrl(text, strict)).toMatchObject({ ok: true, host: "literal" });
    },
  );

  it.each([
    ["", /Enter the URL/],
    ["   ", /Enter the URL/],
    ["example.com", /not a valid URL/],
    ["//example.com", /not a valid URL/],
    ["https://", /not a valid URL/],
    ["https://256.1.1.1/", /not a valid URL/],
    ["https://exa mple.com/", /spaces or control characters/],
    ["https://example.com/a\tb", /spaces or control characters/],
    ["java\nscript:alert(1)", /spaces or control characters/],
    ["https://example.com/\0", /spaces or control characters/],
    ["ftp://example.com/", /scheme ftp: cannot be called/],
    ["file:///etc/passwd", /scheme file: cannot be called/],
    ["javascript:alert(1)", /scheme javascript: cannot be called/],
    ["data:text/plain,x", /scheme data: cannot be called/],
    ["gopher://example.com/", /scheme gopher: cannot be called/],
    ["ws://example.com/", /scheme ws: cannot be called/],
    ["localhost:3000", /scheme localhost: cannot be called/],
    ["https:example.com", /in full/],
    ["https:/example.com", /in full/],
    ["https:///example.com", /in full/],
    ["https://user@example.com/", /user name or password/],
    ["https://user:pass@example.com/", /user name or password/],
    ["https://:pass@example.com/", /user name or password/],
    ["https://example.com/#part", /fragment/],
    ["https://example.com/#", /fragment/],
    ["https://example.com:22/", /Port 22 belongs to another protocol/],
    ["https://example.com:25/", /Port 25 belongs to another protocol/],
    ["https://example.com:9/", /Port 9 belongs to another protocol/],
    ["https://example.com:0/", /Port 0 belongs to another protocol/],
    ["https://a..example.com/", /not a valid host name/],
    ["https://.example.com/", /not a valid host name/],
    ["https://example.com../", /not a valid host name/],
    [`https://${"a".repeat(64)}.example.com/`, /not a valid host name/],
    [`https://example.com/${"a".repeat(2048)}`, /characters long; at most 2048/],
    [`https://example.com/${"ä".repeat(1000)}`, /encoded, at most 2048/],
    ["http://example.com/", /must use https:/],
    ["http://93.184.216.34/", /must use https:/],
  ])("refuses %s", (text, message) => {
    const check = checkEndpointUrl(text, strict);
    expect(check).toEqual({ ok: false, message: expect.stringMatching(message) });
  });

  it("names what https would not mend before it asks for https", () => {
    const messageOf = (text: string) => {
      const check = checkEndpointUrl(text, strict);
      return check.ok ? null : check.message;
    };
    expect(messageOf("http://10.1.2.3/")).toMatch(/^10\.1\.2\.3 is a private network address/);
    expect(messageOf("http://hooks.internal/")).toMatch(
      /^Names under \.internal only exist inside a network/,
    );
  });

  it.each([
    ["https://10.1.2.3/", "10.1.2.3 is a private network address (10.0.0.0/8)"],
    ["https://169.254.169.254/latest/meta-data", "169.254.169.254 is a link-local address (169.254.0.0/16)"],
    ["https://0x7f.1/", "127.0.0.1 is a loopback address (127.0.0.0/8)"],
    ["https://2130706433/", "127.0.0.1 is a loopback address (127.0.0.0/8)"],
    ["https://017700000001/", "127.0.0.1 is a loopback address (127.0.0.0/8)"],
    ["https://0/", "0.0.0.0 is an address of this network (0.0.0.0/8)"],
    ["https://127.0.0.1./", "127.0.0.1 is a loopback address (127.0.0.0/8)"],
    ["https://①②⑦.0.0.1/", "127.0.0.1 is a loopback address (127.0.0.0/8)"],
    ["https://%31%32%37.0.0.1/", "127.0.0.1 is a loopback address (127.0.0.0/8)"],
    ["https://[::1]/", "::1 is a loopback address (::1/128)"],
    [
      "https://[::ffff:10.0.0.1]/",
      "::ffff:a00:1 is an IPv4 address written as IPv6 (IPv4-mapped) (::ffff:0:0/96)",
    ],
    ["https://[64:ff9b::10.0.0.1]/", "64:ff9b::a00:1 is a private network address (10.0.0.0/8)"],
  ])("refuses the literal in %s and says why", (text, message) => {
    expect(checkEndpointUrl(text, strict)).toEqual({
      ok: false,
      message: `${message}, which is not called. Use a public address, or ask the operator to add it to POSTHORN_EGRESS_ALLOW.`,
    });
  });

  it.each([
    "https://localhost/",
    "https://localhost./",
    "https://LOCALHOST/",
    "https://receiver/",
    "https://foo.localhost/",
    "https://printer.local/",
    "https://foo.internal/",
    "https://foo.internal./",
    "https://Foo.INTERNAL/",
    "https://metadata.google.internal/",
    "https://router.home.arpa/",
    "https://abc.onion/",
  ])("refuses %s, unless the allow list could hold its addresses", (text) => {
    expect(checkEndpointUrl(text, strict)).toEqual({
      ok: false,
      message: expect.stringMatching(/inside a network/),
    });
    expect(checkEndpointUrl(text, local)).toMatchObject({
      ok: true,
      host: "name",
      needsResolution: "must-be-allowed",
    });
  });

  it("does not take a public name for a local one because it looks alike", () => {
    for (const text of ["https://internal.example.com/", "https://mylocal.com/", "https://onion.example/"]) {
      expect(checkEndpointUrl(text, local)).not.toHaveProperty("needsResolution");
    }
  });

  it("exempts from https what the operator has listed, and nothing else", () => {
    for (const text of [
      "http://127.0.0.1:3000/",
      "http://[::1]:3000/",
      "http://localhost:3000/",
      "http://localhost.:3000/",
    ]) {
      expect(checkEndpointUrl(text, local)).toMatchObject({ ok: true });
    }
    for (const text of ["http://foo.internal/", "http://example.com/", "http://foo.localhost/"]) {
      expect(checkEndpointUrl(text, local)).toMatchObject({
        ok: false,
        message: expect.stringMatching(/https:/),
      });
    }
    const elsewhere = { allow: ranges("10.0.0.0/8"), requireHttps: true };
    expect(checkEndpointUrl("http://localhost/", elsewhere)).toMatchObject({ ok: false });
    expect(checkEndpointUrl("http://10.0.0.1/", elsewhere)).toMatchObject({ ok: true });
  });

  it("accepts http where https is not required", () => {
    expect(checkEndpointUrl("http://example.com/", open)).toMatchObject({ ok: true });
    expect(checkEndpointUrl("http://10.0.0.1/", open)).toMatchObject({ ok: false });
  });

  it("never throws, and what it accepts is an absolute http(s) URL without credentials or fragment", () => {
    const texts = fc.oneof(fc.string(), fc.webUrl({ withFragments: true, withQueryParameters: true }));
    fc.assert(
      fc.property(texts, fc.constantFrom(strict, local, open), (text, policy) => {
        const check = checkEndpointUrl(text, policy);
        if (!check.ok) {
          expect(check.message).toMatch(/\.$/);
          return;
        }
        expect(check.url.protocol).toMatch(/^https?:$/);
        expect(check.url.username + check.url.password + check.url.hash).toBe("");
        expect(check.url.href.length).toBeLessThanOrEqual(2048);
      }),
    );
  });

  it("refuses a private literal whatever way it is spelled", () => {
    fc.assert(
      fc.property(fc.nat(0xffffff), fc.constantFrom(10, 8, 16), (rest, radix) => {
        const number = 10 * 2 ** 24 + rest;
        const prefix = { 8: "0", 10: "", 16: "0x" }[radix];
        const text = `https://${prefix}${number.toString(radix)}/`;
        expect(checkEndpointUrl(text, strict)).toMatchObject({
          ok: false,
          message: expect.stringMatching(/^10\./),
        });
      }),
    );
  });
});

it.each([
  ["[::1]", "::1"],
  ["example.com.", "example.com"],
  ["example.com", "example.com"],
  ["127.0.0.1", "127.0.0.1"],
])("takes %s apart to %s", (hostname, host) => {
  expect(bareHost(hostname)).toBe(host);
});

it("knows names that only mean something inside a network", () => {
  for (const name of ["localhost", "a", "a.local", "a.b.internal", "x.onion", "home.arpa", "r.home.arpa"]) {
    expect(isLocalName(name)).toBe(true);
  }
  for (const name of ["example.com", "local.example", "arpa.example", "xlocal.io"]) {
    expect(isLocalName(name)).toBe(false);
  }
});
