/** What one attempt tells its receiver (contract, section 6). */
export interface EnvelopeParts {
  organizationGuid: string;
  eventId: string;
  /** The endpoint's id. */
  webhookId: string;
  endpointUrl: string;
  eventTimestamp: Date;
  /** Zero-based. */
  deliveryAttempt: number;
  deliveryTimestamp: Date;
  eventType: string;
  /** The event's `data` as the JSON text that was accepted. */
  dataText: string;
}

/**
 * The request body of an attempt. The same parts give the same bytes, which is how a log entry shows what was sent
 * without storing it: so the keys have one order, and `dataText` is embedded as it is and never parsed (1.0 stays 1.0,
 * a large integer keeps its digits, equal keys stay). Throws a RangeError for an invalid date.
 */
export function buildEnvelope(parts: EnvelopeParts): string {
  return (
    `{"organizationGuid":${JSON.stringify(parts.organizationGuid)}` +
    `,"eventId":${JSON.stringify(parts.eventId)}` +
    `,"webhookId":${JSON.stringify(parts.webhookId)}` +
    `,"endpointUrl":${JSON.stringify(parts.endpointUrl)}` +
    `,"eventTimestamp":"${parts.eventTimestamp.toISOString()}"` +
    `,"deliveryAttempt":${parts.deliveryAttempt}` +
    `,"deliveryTimestamp":"${parts.deliveryTimestamp.toISOString()}"` +
    `,"eventType":${JSON.stringify(parts.eventType)}` +
    `,"data":${parts.dataText}}`
  );
}
