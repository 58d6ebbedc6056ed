import "server-only";
import { bodyText } from "@/lib/domain/body-text";
import { buildEnvelope } from "@/lib/domain/envelope";
import { headerRecord } from "@/lib/domain/header-record";
import { encodeId } from "@/lib/domain/ids";
import type { AttemptOut, AttemptSummaryOut } from "@/lib/schemas/attempt";
import type { AttemptRow, AttemptSummaryRow } from "@/lib/server/db/attempts";
import { unpackHeaders } from "@/lib/server/delivery/logged-headers";

export function toAttemptSummary(row: AttemptSummaryRow): AttemptSummaryOut {
  return { ...attemptHead(row), url: row.url };
}

/** The attempt object of the contract. */
export function toAttemptOut(organizationId: string, row: AttemptRow): AttemptOut {
  const [dnsMs = null, connectMs = null, tlsMs = null, firstByteMs = null, bodyMs = null] = row.timings;
  return {
    ...attemptHead(row),
    timings: { dnsMs, connectMs, tlsMs, firstByteMs, bodyMs },
    request: {
      method: row.method,
      url: row.url,
      headers: headerRecord(unpackHeaders(row.requestHeaders, row)),
      body: requestBody(organizationId, row),
    },
    response: responseOf(row),
  };
}

function attemptHead(row: AttemptSummaryRow) {
  return {
    id: encodeId("att", row.id),
    deliveryId: encodeId("dlv", row.deliveryId),
    eventId: encodeId("evt", row.eventId),
    eventType: row.eventType,
    endpointId: encodeId("ep", row.endpointId),
    purpose: row.purpose,
    deliveryAttempt: row.deliveryAttempt,
    deliveryTimestamp: row.deliveryTimestamp.toISOString(),
    outcome: row.succeeded ? ("succeeded" as const) : ("failed" as const),
    statusCode: row.statusCode,
    errorCode: row.errorCode,
    errorMessage: row.errorMessage,
    fault: row.fault,
    durationMs: row.durationMs,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
  };
}

/** The envelope again, from the same parts as the one that was sent. A challenge is a GET and has none. */
function requestBody(organizationId: string, row: AttemptRow): string | null {
  if (row.method === "GET" || row.dataText === null) return null;
  return buildEnvelope({
    organizationGuid: encodeId("org", organizationId),
    eventId: encodeId("evt", row.eventId),
    webhookId: encodeId("ep", row.endpointId),
    endpointUrl: row.url,
    eventTimestamp: row.eventTimestamp,
    deliveryAttempt: row.deliveryAttempt,
    deliveryTimestamp: row.deliveryTimestamp,
    eventType: row.eventType,
    dataText: row.dataText,
  });
}

function responseOf({ responseHeaders, responseBody, bodyTruncated }: AttemptRow): AttemptOut["response"] {
  if (responseHeaders === null) return null;
  const { text, isBinary } = bodyText(responseBody ?? new Uint8Array(), bodyTruncated);
  return {
    headers: headerRecord(JSON.parse(responseHeaders) as string[]),
    body: text,
    bodyTruncated,
    bodyIsBinary: isBinary,
  };
}
