import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isAddress, judgeAddress, parseCidr, type Cidr } from "./address-policy";

/** First and last address of every range of the registries, and its neighbours with what they are. */
const ranges: [range: string, first: string, last: string, before: string | null, after: string | null][] = [
  ["0.0.0.0/8", "0.0.0.0", "0.255.255.255", null, "1.0.0.0"],
  ["10.0.0.0/8", "10.0.0.0", "10.255.255.255", "9.255.255.255", "11.0.0.0"],
  ["100.64.0.0/10", "100.64.0.0", "100.127.255.255", "100.63.255.255", "100.128.0.0"],
  ["127.0.0.0/8", "127.0.0.0", "127.255.255.255", "126.255.255.255", "128.0.0.0"],
  ["169.254.0.0/16", "169.254.0.0", "169.254.255.255", "169.253.255.255", "169.255.0.0"],
  ["172.16.0.0/12", "172.16.0.0", "172.31.255.255", "172.15.255.255", "172.32.0.0"],
  ["192.0.0.0/24", "192.0.0.0", "192.0.0.255", "191.255.255.255", "192.0.1.0"],
  ["192.0.2.0/24", "192.0.2.0", "192.0.2.255", "192.0.1.255", "192.0.3.0"],
  ["192.88.99.0/24", "192.88.99.0", "192.88.99.255", "192.88.98.255", "192.88.100.0"],
  ["192.168.0.0/16", "192.168.0.0", "192.168.255.255", "192.167.255.255", "192.169.0.0"],
  ["198.18.0.0/15", "198.18.0.0", "198.19.255.255", "198.17.255.255", "198.20.0.0"],
  ["198.51.100.0/24", "198.51.100.0", "198.51.100.255", "198.51.99.255", "198.51.101.0"],
  ["203.0.113.0/24", "203.0.113.0", "203.0.113.255", "203.0.112.255", "203.0.114.0"],
  ["224.0.0.0/4", "224.0.0.0", "239.255.255.255", "223.255.255.255", null],
  ["240.0.0.0/4", "240.0.0.0", "255.255.255.254", null, null],
  ["255.255.255.255/32", "255.255.255.255", "255.255.255.255", null, null],
  ["::/128", "::", "::", null, null],
  ["::1/128", "::1", "::1", null, null],
  ["::/96", "::2", "::ffff:ffff", null, null],
  ["::/8", "::1:0:0", "ff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", null, "101::"],
  ["::ffff:0:0/96", "::ffff:0:0", "::ffff:ffff:ffff", null, null],
  ["::ffff:0:0:0/96", "::ffff:0:0:0", "::ffff:0:ffff:ffff", null, null],
  ["64:ff9b:1::/48", "64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", null, null],
  ["100::/64", "100::", "100::ffff:ffff:ffff:ffff", null, "100:0:0:1::"],
  [
    "2001::/32",
    "2001::",
    "2001:0:ffff:ffff:ffff:ffff:ffff:ffff",
    "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    null,
  ],
  ["2001::/23", "2001:1::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", null, "2001:200::"],
  [
    "2001:db8::/32",
    "2001:db8::",
    "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:db9::",
  ],
  [
    "2002::/16",
    "2002::",
    "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "2003::",
  ],
  [
    "3fff::/20",
    "3fff::",
    "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff",
    "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "3fff:1000::",
  ],
  [
    "5f00::/16",
    "5f00::",
    "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "5eff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "5f01::",
  ],
  [
    "fc00::/7",
    "fc00::",
    "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "fe00::",
  ],
  [
    "fe80::/10",
    "fe80::",
    "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    null,
  ],
  ["fec0::/10", "fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", null, null],
  ["ff00::/8", "ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", null, null],
];

function allow(...texts: string[]): Cidr[] {
  return texts.map((text) => {
    const range = parseCidr(text);
    if (!range) throw new Error(`${text} is not a range`);
    return range;
  });
}

const publicVerdict = { allowed: true, via: "public" };
const octets = fc.array(fc.nat(255), { minLength: 4, maxLength: 4 });

describe("judgeAddress", () => {
  it.each(ranges)("refuses %s from %s to %s and nothing beside it", (range, first, last, before, after) => {
    for (const address of [first, last]) {
      expect(judgeAddress(address, [])).toEqual({
        allowed: false,
        reason: expect.stringMatching(/^(an?|the) /),
        range,
      });
    }
    for (const address of [before, after]) {
      if (address !== null) expect(judgeAddress(address, [])).toEqual(publicVerdict);
    }
  });

  it.each(["8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "2a00:1450:4001:81b::200e"])(
    "allows %s",
    (address) => {
      expect(judgeAddress(address, [])).toEqual(publicVerdict);
    },
  );

  it("judges an address behind NAT64 by the IPv4 address it carries", () => {
    expect(judgeAddress("64:ff9b::808:808", [])).toEqual(publicVerdict);
    for (const address of ["64:ff9b::10.0.0.1", "64:ff9b::a00:1"]) {
      expect(judgeAddress(address, [])).toMatchObject({ allowed: false, range: "10.0.0.0/8" });
      expect(judgeAddress(address, allow("10.0.0.0/8"))).toEqual({ allowed: true, via: "allow-list" });
    }
    for (const beside of ["64:ff9a:ffff:ffff:ffff:ffff:ffff:ffff", "64:ff9b:0:0:0:1::"]) {
      expect(judgeAddress(beside, [])).toMatchObject({ allowed: false, range: "::/8" });
    }
  });

  it("refuses every IPv4 address in IPv6 spelling, public or not", () => {
    fc.assert(
      fc.property(octets, (parts) => {
        const [a = 0, b = 0, c = 0, d = 0] = parts;
        const groups = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
        const spellings = [
          `::ffff:${parts.join(".")}`,
          `::ffff:${groups}`,
          `::${groups}`,
          `::ffff:0:${groups}`,
        ];
        for (const spelling of [...spellings, `2002:${groups}::1`, `2001::${groups}`]) {
          expect(judgeAddress(spelling, [])).toMatchObject({ allowed: false });
        }
      }),
    );
  });

  it("gives the same verdict to every spelling of an IPv6 address", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 }), (groups) => {
        const long = groups.map((group) => group.toString(16).padStart(4, "0")).join(":");
        const short = new URL(`http://[${long}]`).hostname.slice(1, -1);
        expect(judgeAddress(long.toUpperCase(), [])).toEqual(judgeAddress(short, []));
      }),
    );
  });

  it("judges odd spellings of an IPv4 literal as the address that the URL parser makes of them", () => {
    fc.assert(
      fc.property(octets, (parts) => {
        const [a = 0, b = 0, c = 0, d = 0] = parts;
        const number = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
        const verdict = judgeAddress(parts.join("."), []);
        const spellings = [
          String(number),
          `0x${number.toString(16)}`,
          `0${number.toString(8)}`,
          parts.map((part) => `0x${part.toString(16)}`).join("."),
          parts.map((part) => `0${part.toString(8)}`).join("."),
          `${a}.${number & 0xffffff}`,
          `${a}.${b}.${number & 0xffff}`,
          `${parts.join(".")}.`,
          parts.join("%2e"),
        ];
        for (const spelling of spellings) {
          expect(judgeAddress(new URL(`http://${spelling}/`).hostname, [])).toEqual(verdict);
        }
      }),
    );
  });

  it.each([
    "",
    "localhost",
    "example.com",
    "010.0.0.1",
    "0x7f.0.0.1",
    "127.1",
    "2130706433",
    "1.2.3.4.",
    "[::1]",
    "::1%",
  ])("refuses %o, which is not an address in canonical text", (text) => {
    expect(isAddress(text)).toBe(false);
    expect(judgeAddress(text, allow("0.0.0.0/0", "::/0"))).toMatchObject({ allowed: false });
  });

  it("sees through a zone", () => {
    expect(judgeAddress("fe80::1%eth0", [])).toMatchObject({ allowed: false, range: "fe80::/10" });
  });

  it("lets the allow list win, also for the IPv4-mapped spelling", () => {
    const list = allow("127.0.0.0/8", "fd00::/8");
    const listed = { allowed: true, via: "allow-list" };
    for (const address of ["127.0.0.1", "::ffff:127.0.0.1", "::ffff:7f00:1", "fd12::1"]) {
      expect(judgeAddress(address, list)).toEqual(listed);
    }
    for (const address of ["10.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "::1", "fc00::1", "2002:7f00:1::"]) {
      expect(judgeAddress(address, list)).toMatchObject({ allowed: false });
    }
  });

  it("does not let an IPv6 range vouch for an IPv4 host", () => {
    expect(judgeAddress("::ffff:10.0.0.1", allow("::/0"))).toMatchObject({ allowed: false });
    expect(judgeAddress("10.0.0.1", allow("::/0"))).toMatchObject({ allowed: false });
  });
});

describe("parseCidr", () => {
  it.each([
    ["10.0.0.0/8", "10.0.0.0/8"],
    ["10.1.2.3/8", "10.0.0.0/8"],
    [" 127.0.0.1 ", "127.0.0.1/32"],
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["10.0.0.255/31", "10.0.0.254/31"],
    ["::1", "::1/128"],
    ["FD00::1/8", "fd00::/8"],
    ["::/0", "::/0"],
    ["::ffff:10.0.0.0/104", "10.0.0.0/8"],
    ["::ffff:127.0.0.1", "127.0.0.1/32"],
  ])("reads %s as %s", (text, canonical) => {
    expect(parseCidr(text)?.text).toBe(canonical);
  });

  it.each([
    "",
    "/",
    "x",
    "10.0.0.0/",
    "10.0.0.0/33",
    "10.0.0.0/08",
    "10.0.0.0/-1",
    "10.0.0.0/8/8",
    "10.0/8",
    "::/129",
    "fe80::%1/64",
    "localhost",
  ])("refuses %o", (text) => {
    expect(parseCidr(text)).toBeNull();
  });

  it("makes a range that holds exactly the addresses with its prefix", () => {
    fc.assert(
      fc.property(octets, octets, fc.integer({ min: 0, max: 32 }), (network, other, prefix) => {
        const toBits = (parts: number[]) => parts.map((part) => part.toString(2).padStart(8, "0")).join("");
        const list = allow(`${network.join(".")}/${prefix}`);
        const verdict = judgeAddress(other.join("."), list);
        const inside = toBits(network).slice(0, prefix) === toBits(other).slice(0, prefix);
        expect(verdict.allowed && verdict.via === "allow-list").toBe(inside);
      }),
    );
  });
});
