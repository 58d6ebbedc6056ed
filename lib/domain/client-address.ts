import { type Cidr, isInRanges, networkOf, plainAddress } from "./address-policy";

/**
 * Where a request really comes from. Whoever connects may write into `X-Forwarded-For` what they like, so it counts
 * only as far as trusted proxies have extended it: read from its end, the first address that is none of them.
 * `peer` is the address of the connection. Null when even that is not known.
 */
export function forwardedClient(
  peer: string | undefined,
  forwardedFor: string | undefined,
  trusted: readonly Cidr[],
): string | null {
  let client = plainAddress(peer ?? "");
  if (client === null) return null;
  const hops = (forwardedFor ?? "").split(",").reverse();
  for (const hop of hops) {
    if (!isInRanges(client, trusted)) break;
    const before = plainAddress(withoutPort(hop.trim()));
    // What is no address was not written by a proxy that can be trusted to write one.
    if (before === null) break;
    client = before;
  }
  return client;
}

/** Some proxies add the port: `192.0.2.1:49152`, `[2001:db8::1]:49152`. */
function withoutPort(hop: string): string {
  return /^\[([^\]]+)\](?::\d+)?$/.exec(hop)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(hop)?.[1] ?? hop;
}

/** Who is held back together: an IPv4 address, or the /64 of an IPv6 one, which is what one customer has. */
export function throttledNetwork(address: string): string {
  return address.includes(":") ? (networkOf(address, 64) ?? address) : address;
}
