import "server-only";
import { lookup as systemLookup } from "node:dns/promises";
import { isAddress, judgeAddress } from "@/lib/domain/address-policy";
import type { Cidr } from "@/lib/domain/address-policy";
import { BlockedAddressError } from "./failure";

export interface ResolvedAddress {
  address: string;
  family: number;
}

/** All addresses of a name, in the resolver's order. Rejects with Node's DNS errors (`code: "ENOTFOUND"`, ...). */
export type Lookup = (hostname: string) => Promise<ResolvedAddress[]>;

/** The system's resolver (hosts file, search domains and all), as every other program on the machine resolves. */
export const lookupAll: Lookup = (hostname) => systemLookup(hostname, { all: true, order: "verbatim" });

/**
 * `URL.hostname` as the connector and the resolver want it: an IPv6 literal without brackets, a name without the
 * trailing dot, so that certificates and the address check see one spelling.
 */
export function bareHost(hostname: string): string {
  if (hostname.startsWith("[")) return hostname.slice(1, -1);
  return hostname.endsWith(".") ? hostname.slice(0, -1) : hostname;
}

/**
 * The addresses that may be connected to for `host` (a bare host). Rejects with BlockedAddressError when an address is
 * never called. Every address is judged: a name with one private address among public ones is refused as a whole,
 * unless the operator's allow list vouches for some of its addresses; then only those are used.
 */
export async function resolveCallable(
  host: string,
  allow: readonly Cidr[],
  lookup: Lookup,
): Promise<ResolvedAddress[]> {
  const literal = isAddress(host);
  const addresses = literal ? [{ address: host, family: host.includes(":") ? 6 : 4 }] : await lookup(host);
  const listed: ResolvedAddress[] = [];
  let refusal: string | null = null;
  for (const candidate of addresses) {
    const verdict = judgeAddress(candidate.address, allow);
    if (!verdict.allowed) refusal ??= describeRefusal(host, candidate.address, verdict.reason, verdict.range);
    else if (verdict.via === "allow-list") listed.push(candidate);
  }
  if (listed.length > 0) return listed;
  if (refusal) throw new BlockedAddressError(refusal);
  if (addresses.length === 0) throw Object.assign(new Error("no addresses"), { code: "ENODATA" });
  return addresses;
}

/** One sentence that says which address is refused, why, and what would change it. */
export function describeRefusal(host: string, address: string, reason: string, range: string): string {
  const subject = host === address ? address : `${host} resolves to ${address}, which`;
  return `${subject} is ${reason}${range ? ` (${range})` : ""} and is not called unless POSTHORN_EGRESS_ALLOW includes it.`;
}
