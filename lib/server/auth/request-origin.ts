import "server-only";
import { clientAddress } from "./client-address";

/** Where a request came from, for the audit log. Null: not known, as in what the system does by itself. */
export interface RequestOrigin {
  address: string | null;
  /** As the client says; nothing is decided by it. */
  userAgent: string | null;
}

/** Longer than any browser's, short enough for a log. */
const userAgentLengthMax = 300;

export const noOrigin: RequestOrigin = { address: null, userAgent: null };

export function requestOrigin(headers: Headers): RequestOrigin {
  return {
    address: clientAddress(headers),
    userAgent: headers.get("user-agent")?.slice(0, userAgentLengthMax) || null,
  };
}
