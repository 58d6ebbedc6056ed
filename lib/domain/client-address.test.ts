import { expect, it } from "vitest";
import { type Cidr, parseCidr } from "./address-policy";
import { forwardedClient, throttledNetwork } from "./client-address";

const trusted = ["127.0.0.0/8", "::1/128", "10.0.0.0/8"].map((text) => parseCidr(text) as Cidr);

it.each([
  ["the connection, without a proxy", "203.0.113.9", undefined, "203.0.113.9"],
  ["the connection, whatever a stranger writes", "203.0.113.9", "198.51.100.1", "203.0.113.9"],
  ["what a trusted proxy saw", "10.0.0.2", "203.0.113.9", "203.0.113.9"],
  ["what a trusted proxy saw, not what it was told", "10.0.0.2", "198.51.100.1, 203.0.113.9", "203.0.113.9"],
  [
    "what the outermost of two trusted proxies saw",
    "127.0.0.1",
    "1.1.1.1, 203.0.113.9,10.1.1.1",
    "203.0.113.9",
  ],
  ["a client in the trusted network itself", "127.0.0.1", "10.9.9.9", "10.9.9.9"],
  ["the proxy, when it says nothing", "10.0.0.2", undefined, "10.0.0.2"],
  ["the proxy, when it says no address", "10.0.0.2", "203.0.113.9, unknown", "10.0.0.2"],
  ["an IPv4 connection to an IPv6 socket", "::ffff:203.0.113.9", undefined, "203.0.113.9"],
  ["a trusted IPv4 proxy on an IPv6 socket", "::ffff:10.0.0.2", "203.0.113.9", "203.0.113.9"],
  ["an address with a port", "10.0.0.2", "203.0.113.9:49152", "203.0.113.9"],
  ["an IPv6 address with a port", "::1", "[2001:db8::7]:49152", "2001:db8::7"],
  ["one spelling of an IPv6 address", "2001:0DB8:0::0007", undefined, "2001:db8::7"],
])("takes for the client %s", (_, peer, header, expected) => {
  expect(forwardedClient(peer, header, trusted)).toBe(expected);
});

it("knows nobody without a connection", () => {
  expect(forwardedClient(undefined, "203.0.113.9", trusted)).toBeNull();
});

it("holds back a whole customer, who has more IPv6 addresses than there are tries", () => {
  const mine = ["2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"];
  expect(new Set(mine.map(throttledNetwork)).size).toBe(1);
  expect(throttledNetwork("2001:db8:1:3::1")).not.toBe(throttledNetwork(mine[0]!));
  expect(throttledNetwork("192.0.2.7")).toBe("192.0.2.7");
  expect(throttledNetwork("unknown")).toBe("unknown");
});
