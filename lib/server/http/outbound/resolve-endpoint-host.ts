import "server-only";
import { isAddress } from "@/lib/domain/address-policy";
import { bareHost, isLocalName, localNameMessage, type EndpointUrlPolicy } from "@/lib/domain/endpoint-url";
import { BlockedAddressError } from "./failure";
import { resolveCallable, type Lookup } from "./resolve-addresses";

export type EndpointHostCheck = { ok: true; warning?: string } | { ok: false; message: string };

/** A form waits no longer for a name; deliveries have their own deadline. */
const lookupWaitMs = 5000;

/**
 * The second half of the check when an endpoint is saved: what does its name resolve to now? `url` is one that
 * `checkEndpointUrl` has let through. Refuses addresses that are never called; a public name that does not resolve
 * (yet) is accepted with a warning. Never rejects. The answer is not trusted later: every connection checks again.
 */
export async function checkEndpointHost(
  url: URL,
  policy: Pick<EndpointUrlPolicy, "allow">,
  lookup: Lookup,
): Promise<EndpointHostCheck> {
  const host = bareHost(url.hostname);
  const local = !isAddress(host) && isLocalName(host);
  try {
    const callable = await within(lookupWaitMs, resolveCallable(host, policy.allow, lookup));
    if (!callable) return unresolved(host, local, `could not be resolved within ${lookupWaitMs / 1000} s`);
    // The allow list is what makes a local name acceptable; that it resolves to something public proves nothing.
    if (local && !callable.every((address) => address.listed))
      return { ok: false, message: localNameMessage(host) };
    return { ok: true };
  } catch (error) {
    if (error instanceof BlockedAddressError) return { ok: false, message: error.message };
    return unresolved(host, local, "does not resolve to an address");
  }
}

function unresolved(host: string, local: boolean, what: string): EndpointHostCheck {
  if (local) return { ok: false, message: `${host} ${what}. ${localNameMessage(host)}` };
  return { ok: true, warning: `${host} ${what} yet. Requests will fail until it does.` };
}

/** Null when the work takes longer. Its late failure is then nobody's business. */
async function within<T>(limitMs: number, work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, limitMs, null);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
