import "server-only";
import { encodeId } from "@/lib/domain/ids";
import { requestTarget, wireHeaders } from "@/lib/server/http/outbound/wire-request";

/*
 * What the log keeps of a delivery's request headers. Most of them follow from other columns of the attempt and, like
 * its body, are made again when somebody looks: an attempt is written once, and hardly any of thousands is ever read.
 */

interface DeliveryHeaders {
  userAgent: string;
  /** `evt_...` */
  webhookId: string;
  timestampSeconds: number;
  signature: string;
}

/** The headers of a delivery in their order (contract, section 6), as a flat list, before the endpoint's own. */
export function deliveryHeaders({
  userAgent,
  webhookId,
  timestampSeconds,
  signature,
}: DeliveryHeaders): string[] {
  return [
    "content-type",
    "application/json",
    "user-agent",
    userAgent,
    "webhook-id",
    webhookId,
    "webhook-timestamp",
    String(timestampSeconds),
    "webhook-signature",
    signature,
  ];
}

interface PackedHeaders extends Pick<DeliveryHeaders, "userAgent" | "signature"> {
  bodyBytes: number;
  /** The endpoint's own, a flat list with every value masked. */
  custom: readonly string[];
}

/** As JSON what does not follow from other columns. `unpackHeaders` reads what any version has ever packed. */
export function packHeaders({ bodyBytes, userAgent, signature, custom }: PackedHeaders): string {
  return JSON.stringify([bodyBytes, userAgent, signature, ...custom]);
}

/** The headers of a logged request exactly as they went over the wire, custom values masked, as a flat list. */
export function unpackHeaders(
  packed: string,
  attempt: { url: string; eventId: string; deliveryTimestamp: Date },
): string[] {
  const [first, ...rest] = JSON.parse(packed) as [number | string, ...string[]];
  // Challenges are kept whole.
  if (typeof first === "string") return [first, ...rest];
  const [userAgent = "", signature = "", ...custom] = rest;
  const ours = deliveryHeaders({
    userAgent,
    webhookId: encodeId("evt", attempt.eventId),
    timestampSeconds: Math.floor(attempt.deliveryTimestamp.getTime() / 1000),
    signature,
  });
  const { origin } = requestTarget(attempt.url);
  return wireHeaders({ origin, method: "POST", headers: [...ours, ...custom] }, first);
}
