import "server-only";
import { encodeId } from "@/lib/domain/ids";
import { maskedValue } from "@/lib/schemas/endpoint-settings";
import type { EndpointOut, SavedEndpointOut } from "@/lib/schemas/endpoint";
import type { EndpointRow } from "@/lib/server/db/endpoints";
import type { EngineSettings } from "@/lib/server/delivery/engine";

/** The endpoint object of the contract. */
export function toEndpointOut(
  row: EndpointRow,
  { requestTimeoutMs }: Pick<EngineSettings, "requestTimeoutMs">,
): EndpointOut {
  return {
    id: encodeId("ep", row.id),
    url: row.url,
    description: row.description,
    eventTypes: row.eventTypes,
    filter: row.filter as EndpointOut["filter"],
    state: row.state,
    status: row.status,
    statusReason: row.statusReason,
    failingSince: isoOrNull(row.failingSince),
    probationSince: isoOrNull(row.probationSince),
    disablesAt: isoOrNull(row.disablesAt),
    validatingUntil: isoOrNull(row.validatingUntil),
    successStatus: row.successStatus as EndpointOut["successStatus"],
    onGone: row.onGone as EndpointOut["onGone"],
    timeoutSeconds: row.timeoutSeconds ?? defaultTimeoutSeconds(requestTimeoutMs),
    retrySchedule: row.defaultSchedule ? null : row.retrySchedule,
    rateLimitPerSecond: row.rateLimitPerSecond,
    verification: {
      method: row.verificationMethod as EndpointOut["verification"]["method"],
      challengeHeader: row.challengeHeader,
    },
    failurePolicy: row.failurePolicy as EndpointOut["failurePolicy"],
    headers: Object.fromEntries(row.headerNames.map((name) => [name, maskedValue])),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** The endpoint object as saving it answers: with what was noticed about its URL. */
export function toSavedEndpointOut(
  row: EndpointRow,
  settings: Pick<EngineSettings, "requestTimeoutMs">,
  warnings: string[],
): SavedEndpointOut {
  return { ...toEndpointOut(row, settings), ...(warnings.length > 0 && { warnings }) };
}

/** The instance's timeout as the object can say it: whole seconds, 1 to 30. */
export function defaultTimeoutSeconds(requestTimeoutMs: number): number {
  return Math.min(30, Math.max(1, Math.round(requestTimeoutMs / 1000)));
}

export function isoOrNull(at: Date | null): string | null {
  return at === null ? null : at.toISOString();
}
