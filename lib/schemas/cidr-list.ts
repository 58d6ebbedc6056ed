import { isIPv4, isIPv6 } from "node:net";

/**
 * `10.0.0.0/8, ::1/128` as separate texts; a bare address means that one address. `problem` says which item is
 * wrong by its position, not by its text.
 */
export function parseCidrList(text: string): { cidrs: readonly string[]; problem: string | null } {
  const items = text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
  const cidrs = items.map(toCidr);
  const wrong = cidrs.indexOf(null);
  if (wrong >= 0) {
    return { cidrs: [], problem: `item ${wrong + 1} must be a CIDR like 10.0.0.0/8 or fd00::/8` };
  }
  return { cidrs: cidrs.filter((cidr) => cidr !== null), problem: null };
}

function toCidr(item: string): string | null {
  const [address = "", prefix, ...more] = item.split("/");
  const bits = isIPv4(address) ? 32 : isIPv6(address) && !address.includes("%") ? 128 : null;
  if (bits === null || more.length > 0) return null;
  if (prefix === undefined) return `${address}/${bits}`;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits ? `${address}/${Number(prefix)}` : null;
}
