import "server-only";
import { verifySignature } from "@/lib/domain/signature";
import type { InboxEndpoint } from "@/lib/server/db/inboxes";
import { secretContext, type Sealer } from "@/lib/server/sealing";

/** What an inbox says about one request. `verified` is only meant where something was checked. */
export interface SignatureVerdict {
  checked: boolean;
  verified: boolean;
  verdict: string;
}

export interface ReceivedRequest {
  headers: Headers;
  body: Buffer;
}

/** Checks a request as its receiver would, with the secrets of the endpoints that send to the inbox. Never throws. */
export function judgeSignature(
  sealer: Sealer,
  endpoints: readonly InboxEndpoint[],
  { headers, body }: ReceivedRequest,
  now: Date,
): SignatureVerdict {
  const header = headers.get("webhook-signature");
  if (endpoints.length === 0) {
    const verdict =
      header === null
        ? "The request carries no signature, and no endpoint sends to this inbox."
        : "No endpoint of this organization sends to this inbox, so there is no secret to check the signature with.";
    return { checked: true, verified: false, verdict };
  }
  const secrets = endpoints.flatMap((endpoint) => openedSecrets(sealer, endpoint));
  if (secrets.length === 0) {
    const verdict =
      "The secrets of the endpoints that send here were sealed with a key that this instance does not have.";
    return { checked: false, verified: false, verdict };
  }
  const verification = verifySignature({
    secrets,
    id: headers.get("webhook-id"),
    timestampSeconds: headers.get("webhook-timestamp"),
    body: body.toString("utf8"),
    header,
    now,
  });
  return verification.valid
    ? {
        checked: true,
        verified: true,
        verdict: "The signature is valid: the endpoint's secret signed exactly this body.",
      }
    : { checked: true, verified: false, verdict: verification.reason };
}

/** Without those that do not open: what arrived is to be shown all the same. */
function openedSecrets(sealer: Sealer, { id, secrets }: InboxEndpoint): string[] {
  return secrets.flatMap((sealed) => {
    try {
      return [sealer.open(sealed, secretContext(id))];
    } catch {
      return [];
    }
  });
}
