/**
 * Which URLs an endpoint may have, as far as the text alone tells. What its name resolves to is checked by the server
 * when it is saved and again at every connection. Every `message` is one sentence for the person who typed the URL.
 */
import { isAddress, judgeAddress, type Cidr } from "./address-policy";

export interface EndpointUrlPolicy {
  /** POSTHORN_EGRESS_ALLOW: ranges that may be called although they are not public. */
  allow: readonly Cidr[];
  /** POSTHORN_REQUIRE_HTTPS. */
  requireHttps: boolean;
}

/**
 * `host` tells a name from an IP address literal. `needsResolution` is set for a name that only exists inside a
 * network (localhost, foo.internal): it is acceptable only if it resolves into the allow list.
 */
export type EndpointUrlCheck =
  | { ok: true; url: URL; host: "name" | "literal"; needsResolution?: "must-be-allowed" }
  | { ok: false; message: string };

const lengthMax = 2048;
/** RFC 6761, 6762, 7686, 8375 and ICANN's reservation of .internal: names that mean something else in every network. */
const localSuffixes = [".local", ".internal", ".localhost", ".home.arpa", ".onion"];
/**
 * Ports below 1024 that browsers refuse as well (Fetch Standard, "bad port"): what listens there speaks no HTTP, and
 * lines of ours could be taken for commands. All but port 1: its protocol is historic (RFC 7805), nothing listens there,
 * and it is what people write to see how a refused connection looks.
 */
const foreignPorts = new Set([
  0, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
  109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
  526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995,
]);

/** Checks the URL of an endpoint as it was typed; `url` is the normalized form to store and to call. */
export function checkEndpointUrl(text: string, policy: EndpointUrlPolicy): EndpointUrlCheck {
  const trimmed = text.trim();
  const problem = textProblem(trimmed);
  if (problem) return refuse(problem);
  const url = URL.parse(trimmed);
  if (!url) return refuse("This is not a valid URL. Write it in full, like https://example.com/webhooks.");
  const parts = partsProblem(url, trimmed);
  if (parts) return refuse(parts);
  const host = bareHost(url.hostname);
  const check = isAddress(host) ? checkLiteral(url, host, policy) : checkName(url, host, policy);
  if (!check.ok) return check;
  // After the host: to be told of https first would be of no use where the address is never called.
  const scheme = schemeProblem(url, policy);
  return scheme ? refuse(scheme) : check;
}

/**
 * `URL.hostname` in the one spelling that the checks, the resolver and certificates use: an IPv6 literal without
 * brackets, a name without the trailing dot of a fully qualified name.
 */
export function bareHost(hostname: string): string {
  if (hostname.startsWith("[")) return hostname.slice(1, -1);
  return hostname.endsWith(".") ? hostname.slice(0, -1) : hostname;
}

/** True for a bare host name that only means something inside a network: a single label or a reserved suffix. */
export function isLocalName(host: string): boolean {
  return !host.includes(".") || localSuffixes.some((suffix) => `.${host}`.endsWith(suffix));
}

function textProblem(text: string): string | null {
  if (text === "") return "Enter the URL that receives the events, like https://example.com/webhooks.";
  if (text.length > lengthMax)
    return `The URL is ${text.length} characters long; at most ${lengthMax} are allowed.`;
  // The URL parser would drop tabs and line breaks silently: the URL called would not be the one that was read.
  if (/[\u0000-\u0020\u007f]/.test(text)) return "The URL must not contain spaces or control characters.";
  return null;
}

function partsProblem(url: URL, text: string): string | null {
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return `The scheme ${url.protocol} cannot be called. Use an https: URL.`;
  }
  // A parser takes "https:example.com" and "https:/example.com" for the same host; people do not.
  if (!/^https?:\/\/[^/\\]/i.test(text)) return "Write the URL in full, like https://example.com/webhooks.";
  if (url.username !== "" || url.password !== "") {
    return "The URL must not contain a user name or password. Use a custom header to authenticate requests.";
  }
  if (url.href.length > lengthMax)
    return `The URL is too long: encoded, at most ${lengthMax} characters are allowed.`;
  if (text.includes("#")) return "The URL must not have a fragment (#...): it would never be sent.";
  if (url.port !== "" && foreignPorts.has(Number(url.port))) {
    return `Port ${url.port} belongs to another protocol than HTTP and is not called.`;
  }
  return null;
}

function schemeProblem(url: URL, policy: EndpointUrlPolicy): string | null {
  if (url.protocol === "https:" || !policy.requireHttps) return null;
  const host = bareHost(url.hostname);
  const addresses = host === "localhost" ? ["127.0.0.1", "::1"] : [host];
  const exempt = addresses.some((address) => isListed(address, policy.allow));
  return exempt ? null : "The URL must use https: requests carry data and are readable on the way otherwise.";
}

function isListed(address: string, allow: readonly Cidr[]): boolean {
  const verdict = judgeAddress(address, allow);
  return verdict.allowed && verdict.via === "allow-list";
}

function checkLiteral(url: URL, host: string, policy: EndpointUrlPolicy): EndpointUrlCheck {
  const verdict = judgeAddress(host, policy.allow);
  if (verdict.allowed) return { ok: true, url, host: "literal" };
  return refuse(`${host} is ${verdict.reason} (${verdict.range}), which is not called. ${publicHint}`);
}

function checkName(url: URL, host: string, policy: EndpointUrlPolicy): EndpointUrlCheck {
  if (!isValidName(host)) return refuse(`${url.hostname} is not a valid host name.`);
  if (!isLocalName(host)) return { ok: true, url, host: "name" };
  if (policy.allow.length > 0) return { ok: true, url, host: "name", needsResolution: "must-be-allowed" };
  return refuse(localNameMessage(host));
}

/** Why a name that only means something inside a network is refused. */
export function localNameMessage(host: string): string {
  const suffix = localSuffixes.find((candidate) => `.${host}`.endsWith(candidate));
  const what = suffix ? `Names under ${suffix} only exist` : `${host} has no domain, so it only exists`;
  return `${what} inside a network and cannot be called from here. ${publicHint}`;
}

/** What to do about a refused address. */
export const publicHint = "Use a public address, or ask the operator to add it to POSTHORN_EGRESS_ALLOW.";

function isValidName(host: string): boolean {
  return host.length <= 253 && host.split(".").every((label) => label.length > 0 && label.length <= 63);
}

function refuse(message: string): EndpointUrlCheck {
  return { ok: false, message };
}
