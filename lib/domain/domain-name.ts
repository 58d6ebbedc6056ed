import { isAddress } from "./address-policy";

/** Domains of one organization. */
export const domainsMax = 100;

const nameLengthMax = 253;
/** RFC 1123: letters, digits and hyphens, with no hyphen at the ends. */
const labelPattern = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

export type DomainNameCheck = { ok: true; name: string } | { ok: false; problem: string };

/**
 * A domain as people type it, in its one spelling: lower case, a name beyond ASCII as punycode, without the dot at the
 * end of a fully qualified name. `problem` is the rest of a sentence that begins with the field's name.
 */
export function checkDomainName(text: string): DomainNameCheck {
  const typed = text.trim();
  const problem = textProblem(typed);
  if (problem !== null) return refuse(problem);
  const host = URL.parse(`https://${typed}/`)?.hostname.replace(/\.$/, "");
  if (host === undefined || host.length > nameLengthMax) return refuse(notADomain);
  // The parser reads 10.1 and 0x7f.1 as addresses, too.
  if (isAddress(host)) return refuse(notAnAddress);
  const labels = host.split(".");
  if (!labels.every((label) => labelPattern.test(label))) return refuse(notADomain);
  if (labels.length < 2) return refuse("must be a whole name with its ending, like example.com");
  return { ok: true, name: host };
}

const notAnAddress = "must be a name, not an IP address";
const notADomain = "is not a domain name; write one like example.com";

function textProblem(text: string): string | null {
  if (text === "") return "must not be empty";
  if (text.includes("*")) return "must be one name; a wildcard is none";
  if (text.includes("@")) return "must be the part behind the @ alone";
  if (/[/\\?#]/.test(text)) return "must be a name alone, without https:// and without a path";
  if (isAddress(text.replace(/^\[(.*)\]$/, "$1"))) return notAnAddress;
  if (text.includes(":")) return "must be a name alone, without a port";
  return /[\s[\]%]/.test(text) ? notADomain : null;
}

function refuse(problem: string): DomainNameCheck {
  return { ok: false, problem };
}
