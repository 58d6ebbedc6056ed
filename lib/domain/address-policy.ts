/**
 * Which IP addresses Posthorn may call. Pure: the resolver and the connector ask here for every single address.
 * Sources: the IANA special-purpose address registries (RFC 6890 and successors), with every spelling in which an
 * IPv6 address can carry an IPv4 one.
 */
import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** A parsed range. `text` is its canonical spelling; build one with `parseCidr`, never by hand. */
export interface Cidr {
  readonly text: string;
  readonly address: Address;
  readonly prefixLength: number;
}

/**
 * `via` tells a public address from one that is only called because the operator listed it.
 * `reason` completes the sentence "<address> is ..."; `range` is the range that decided, as a CIDR.
 */
export type AddressVerdict =
  { allowed: true; via: "public" | "allow-list" } | { allowed: false; reason: string; range: string };

interface BlockedRange {
  readonly cidr: Cidr;
  readonly reason: string;
}

/** Order matters: the first match explains, so a range comes before the wider one around it. */
const blockedRanges: readonly BlockedRange[] = [
  blocked("0.0.0.0/8", "an address of this network"),
  blocked("10.0.0.0/8", "a private network address"),
  blocked("100.64.0.0/10", "a carrier-grade NAT address"),
  blocked("127.0.0.0/8", "a loopback address"),
  blocked("169.254.0.0/16", "a link-local address"),
  blocked("172.16.0.0/12", "a private network address"),
  blocked("192.0.0.0/24", "an IETF protocol address"),
  blocked("192.0.2.0/24", "a documentation address"),
  blocked("192.88.99.0/24", "a 6to4 relay address"),
  blocked("192.168.0.0/16", "a private network address"),
  blocked("198.18.0.0/15", "a benchmarking address"),
  blocked("198.51.100.0/24", "a documentation address"),
  blocked("203.0.113.0/24", "a documentation address"),
  blocked("224.0.0.0/4", "a multicast address"),
  blocked("255.255.255.255/32", "the broadcast address"),
  blocked("240.0.0.0/4", "a reserved address"),
  blocked("::1/128", "a loopback address"),
  blocked("::/128", "the unspecified address"),
  blocked("::ffff:0:0/96", "an IPv4 address written as IPv6 (IPv4-mapped)"),
  blocked("::ffff:0:0:0/96", "an IPv4 address written as IPv6 (SIIT)"),
  blocked("::/96", "an IPv4 address written as IPv6 (IPv4-compatible)"),
  blocked("64:ff9b:1::/48", "a local-use NAT64 address"),
  blocked("::/8", "a reserved address"),
  blocked("100::/64", "a discard-only address"),
  blocked("2001::/32", "a Teredo address"),
  blocked("2001::/23", "an IETF protocol address"),
  blocked("2001:db8::/32", "a documentation address"),
  blocked("2002::/16", "a 6to4 address"),
  blocked("3fff::/20", "a documentation address"),
  blocked("5f00::/16", "a segment routing address"),
  blocked("fc00::/7", "a unique local address"),
  blocked("fe80::/10", "a link-local address"),
  blocked("fec0::/10", "a site-local address"),
  blocked("ff00::/8", "a multicast address"),
];

const ipv4Mapped = mustParseCidr("::ffff:0:0/96");
const nat64 = mustParseCidr("64:ff9b::/96");

/**
 * Judges one address in canonical text, as a resolver or `URL.hostname` gives it (IPv6 without brackets). An address
 * in `allow` is allowed whatever else it is. Text that is not an IP address is refused.
 */
export function judgeAddress(address: string, allow: readonly Cidr[]): AddressVerdict {
  const parsed = parseAddress(address);
  if (!parsed) return { allowed: false, reason: "not an IP address", range: "" };
  if (isListed(parsed, allow)) return { allowed: true, via: "allow-list" };
  // The NAT64 gateway translates: what is called is the IPv4 address inside.
  if (contains(nat64, parsed)) return judgeAddress(carriedIpv4(parsed).toString(), allow);
  const hit = blockedRanges.find((range) => contains(range.cidr, parsed));
  if (hit) return { allowed: false, reason: hit.reason, range: hit.cidr.text };
  return { allowed: true, via: "public" };
}

/** True for an IPv4 address in four decimal parts or an IPv6 address (no brackets); false for a name. */
export function isAddress(text: string): boolean {
  return parseAddress(text) !== null;
}

/** One spelling for each address, an IPv4 one that is mapped into IPv6 as IPv4. Null when it is none, or has a zone. */
export function plainAddress(text: string): string | null {
  const parsed = parseAddress(text);
  if (!parsed || text.includes("%")) return null;
  return (isMapped(parsed) ? carriedIpv4(parsed) : parsed).toString();
}

/** The network of that many bits around an address, as a CIDR; null for what is no address. */
export function networkOf(address: string, prefixLength: number): string | null {
  return parseCidr(`${address}/${prefixLength}`)?.text ?? null;
}

/** Whether an address (as `plainAddress` spells it) lies in one of the ranges. */
export function isInRanges(address: string, ranges: readonly Cidr[]): boolean {
  const parsed = parseAddress(address);
  return parsed !== null && isListed(parsed, ranges);
}

/**
 * Parses `10.0.0.0/8`, `::1/128` or a bare address (then the range is that address alone). Bits after the prefix are
 * ignored. A range of IPv4-mapped addresses becomes the IPv4 range it stands for. Null when it is not a range.
 */
export function parseCidr(text: string): Cidr | null {
  const [addressText = "", prefixText, ...rest] = text.trim().split("/");
  const parsed = parseAddress(addressText);
  if (!parsed || rest.length > 0 || (parsed.kind() === "ipv6" && (parsed as ipaddr.IPv6).zoneId)) return null;
  const widest = parsed.kind() === "ipv4" ? 32 : 128;
  if (prefixText !== undefined && !/^(0|[1-9]\d{0,2})$/.test(prefixText)) return null;
  const prefixLength = prefixText === undefined ? widest : Number(prefixText);
  if (prefixLength > widest) return null;
  if (prefixLength >= 96 && isMapped(parsed)) return toCidr(carriedIpv4(parsed), prefixLength - 96);
  return toCidr(parsed, prefixLength);
}

function isListed(address: Address, allow: readonly Cidr[]): boolean {
  if (allow.length === 0) return false;
  // A mapped address reaches the IPv4 host, so only an IPv4 range vouches for it: not `::/0`, for example.
  const reached = isMapped(address) ? carriedIpv4(address) : address;
  return allow.some((range) => contains(range, reached));
}

function isMapped(address: Address): boolean {
  return contains(ipv4Mapped, address);
}

/** The last 32 bits of an IPv6 address, as the IPv4 address they spell. */
function carriedIpv4(address: Address): ipaddr.IPv4 {
  return new ipaddr.IPv4(address.toByteArray().slice(-4));
}

function contains(range: Cidr, address: Address): boolean {
  return range.address.kind() === address.kind() && address.match(range.address, range.prefixLength);
}

// ipaddr.js also reads octal, hex and short forms of IPv4. Here they are refused: URL and resolver never produce them,
// so such a text comes from somewhere that has not been normalized.
function parseAddress(text: string): Address | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  const hex = withHexTail(text);
  return hex !== null && ipaddr.IPv6.isValid(hex) ? ipaddr.IPv6.parse(hex) : null;
}

// `::ffff:127.0.0.1` as `::ffff:7f00:1`. ipaddr.js would take the compatible spelling `::127.0.0.1` for a mapped one.
function withHexTail(text: string): string | null {
  const start = text.lastIndexOf(":") + 1;
  const tail = text.slice(start);
  if (!tail.includes(".") || text.includes("%")) return text;
  if (!ipaddr.IPv4.isValidFourPartDecimal(tail)) return null;
  const [a = 0, b = 0, c = 0, d = 0] = ipaddr.IPv4.parse(tail).octets;
  return `${text.slice(0, start)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
}

function toCidr(address: Address, prefixLength: number): Cidr {
  const bytes = address.toByteArray().map((byte, index) => {
    const bits = Math.min(8, Math.max(0, prefixLength - index * 8));
    return byte & (0xff << (8 - bits)) & 0xff;
  });
  const network = address.kind() === "ipv4" ? new ipaddr.IPv4(bytes) : new ipaddr.IPv6(bytes);
  return { text: `${network.toString()}/${prefixLength}`, address: network, prefixLength };
}

function mustParseCidr(text: string): Cidr {
  const [address = "", prefixLength] = text.split("/");
  return toCidr(ipaddr.parse(address), Number(prefixLength));
}

function blocked(text: string, reason: string): BlockedRange {
  return { cidr: mustParseCidr(text), reason };
}
