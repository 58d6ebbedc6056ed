import "server-only";
import { lookup as systemLookup } from "node:dns/promises";
import { isAddress, judgeAddress, type Cidr } from "@/lib/domain/address-policy";
import { publicHint } from "@/lib/domain/endpoint-url";
import { BlockedAddressError } from "./failure";

export interface ResolvedAddress {
  address: string;
  family: number;
}

/** All addresses of a name, in the resolver's order. Rejects with Node's DNS errors (`code: "ENOTFOUND"`, ...). */
export type Lookup = (hostname: string) => Promise<ResolvedAddress[]>;

/** The system's resolver (hosts file, search domains and all), as every other program on the machine resolves. */
export const lookupAll: Lookup = (hostname) => systemLookup(hostname, { all: true, order: "verbatim" });

/** An address that may be connected to; `listed` when only the operator's allow list makes it so. */
export interface CallableAddress extends ResolvedAddress {
  listed: boolean;
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
): Promise<CallableAddress[]> {
  const literal = { address: host, family: host.includes(":") ? 6 : 4 };
  const addresses = isAddress(host) ? [literal] : await lookup(host);
  const callable: CallableAddress[] = [];
  let refusal: string | null = null;
  for (const { address, family } of addresses) {
    const verdict = judgeAddress(address, allow);
    if (verdict.allowed) callable.push({ address, family, listed: verdict.via === "allow-list" });
    else refusal ??= describeRefusal(host, address, verdict.reason, verdict.range);
  }
  if (callable.length === 0 && !refusal) throw Object.assign(new Error("no addresses"), { code: "ENODATA" });
  const listed = callable.filter((candidate) => candidate.listed);
  if (listed.length > 0) return listed;
  if (refusal) throw new BlockedAddressError(refusal);
  return callable;
}

function describeRefusal(host: string, address: string, reason: string, range: string): string {
  const subject = host === address ? address : `${host} resolves to ${address}, which`;
  return `${subject} is ${reason}${range ? ` (${range})` : ""} and is not called. ${publicHint}`;
}
