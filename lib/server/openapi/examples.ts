import "server-only";
import { findBuiltIn } from "@/lib/domain/catalog/built-in-event-types";
import { buildEnvelope } from "@/lib/domain/envelope";
import { encodeId } from "@/lib/domain/ids";
import { secretKey, sign } from "@/lib/domain/signature";
import type { AttemptOut } from "@/lib/schemas/attempt";
import type { DeliveryOut } from "@/lib/schemas/delivery";
import type { EndpointOut } from "@/lib/schemas/endpoint";
import type { TransitionOut } from "@/lib/schemas/endpoint-transition";
import type { EventDeliveryOut, EventWithDataText, PublishedOut } from "@/lib/schemas/event";
import type { EventTypeOut } from "@/lib/schemas/event-type";
import type { ReplayOut } from "@/lib/schemas/replay";
import type { StatsOut } from "@/lib/schemas/stats";

/** One story told by every example: a meeting is booked and delivered to one endpoint. */
const ids = {
  endpoint: encodeId("ep", "019b1f0a-5c21-7d3e-8b64-0c9d1e5f7a32"),
  event: encodeId("evt", "019b1f2c-8e40-7a15-9c3d-4b6f8a2e1d07"),
  delivery: encodeId("dlv", "019b1f2c-8e41-7b82-a5d0-1f3c5e7a9b24"),
  attempt: encodeId("att", "019b1f2c-8e9a-7c46-8e12-6a8d0f2b4c93"),
  replay: encodeId("rpl", "019b1f80-1b3d-7e57-9f4a-2d5b7c9e1a68"),
  organization: encodeId("org", "019b1e00-0a1a-7f60-9b71-8c2d3e4f5a6b"),
};

const eventType = "scheduling.smartscheduler.scheduled";
const url = "https://hooks.harborline.example/posthorn";
const meeting = (findBuiltIn(eventType)?.example ?? {}) as Record<string, unknown>;
const eventTimestamp = "2026-01-31T09:30:00.000Z";
const acceptedAt = "2026-01-31T09:30:00.120Z";
const sentAt = "2026-01-31T09:30:00.126Z";

/** The secret of the Standard Webhooks specification, so that every signature here can be checked by hand. */
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

const body = buildEnvelope({
  organizationGuid: ids.organization,
  eventId: ids.event,
  webhookId: ids.endpoint,
  endpointUrl: url,
  eventTimestamp: new Date(eventTimestamp),
  deliveryAttempt: 0,
  deliveryTimestamp: new Date(sentAt),
  eventType,
  dataText: JSON.stringify(meeting),
});

const sentAtSeconds = Math.floor(Date.parse(sentAt) / 1000);

const published: PublishedOut = {
  eventId: ids.event,
  eventType,
  eventTimestamp,
  duplicate: false,
  deliveries: 1,
};

const eventDelivery: EventDeliveryOut = {
  id: ids.delivery,
  endpointId: ids.endpoint,
  endpointUrl: url,
  purpose: "event",
  state: "succeeded",
  deliveryAttempt: 1,
  nextAttemptAt: null,
  finishedAt: "2026-01-31T09:30:00.172Z",
};

const event: Omit<EventWithDataText, "dataText"> & { data: unknown } = {
  id: ids.event,
  eventId: ids.event,
  eventType,
  eventTimestamp,
  createdAt: acceptedAt,
  deliveries: [eventDelivery],
  data: meeting,
};

const endpoint: EndpointOut = {
  id: ids.endpoint,
  url,
  description: "Calendar sync",
  eventTypes: ["scheduling.*"],
  filter: null,
  state: "active",
  status: "healthy",
  statusReason: null,
  failingSince: null,
  probationSince: null,
  disablesAt: null,
  validatingUntil: null,
  successStatus: "200",
  onGone: "retry",
  timeoutSeconds: 10,
  retrySchedule: null,
  rateLimitPerSecond: null,
  verification: { method: "test_event", challengeHeader: "webhook-verification-challenge" },
  failurePolicy: { preset: "chronic", probationAfterSeconds: 86_400, disableAfterSeconds: 259_200 },
  headers: { "x-team": "***" },
  createdAt: "2026-01-30T14:05:11.402Z",
  updatedAt: "2026-01-30T14:06:02.981Z",
};

const attemptSummary = {
  id: ids.attempt,
  deliveryId: ids.delivery,
  eventId: ids.event,
  eventType,
  endpointId: ids.endpoint,
  purpose: "event",
  deliveryAttempt: 0,
  deliveryTimestamp: sentAt,
  outcome: "succeeded",
  statusCode: 200,
  errorCode: null,
  errorMessage: null,
  fault: null,
  durationMs: 46.2,
  nextAttemptAt: null,
} as const;

const attempt: AttemptOut = {
  ...attemptSummary,
  timings: { dnsMs: 3.1, connectMs: 9.4, tlsMs: 14.8, firstByteMs: 18.2, bodyMs: 0.7 },
  request: {
    method: "POST",
    url,
    headers: {
      "content-type": "application/json",
      "webhook-id": ids.event,
      "webhook-timestamp": String(sentAtSeconds),
      "webhook-signature": sign(secretKey(secret), ids.event, sentAtSeconds, body),
    },
    body,
  },
  response: {
    headers: { "content-type": "text/plain" },
    body: "ok",
    bodyTruncated: false,
    bodyIsBinary: false,
  },
};

const delivery: DeliveryOut = {
  ...eventDelivery,
  eventId: ids.event,
  eventType,
  createdAt: acceptedAt,
  replayId: null,
  attempts: [{ ...attemptSummary, url }],
};

const transition: TransitionOut = {
  kind: "state",
  from: "validating",
  to: "active",
  reason: "validated",
  detail: null,
  actor: "system",
  actorLabel: "Posthorn",
  at: "2026-01-30T14:06:02.981Z",
};

const replay: ReplayOut = {
  id: ids.replay,
  endpointId: ids.endpoint,
  scope: "missed",
  since: "2026-01-30T00:00:00.000Z",
  until: "2026-01-31T00:00:00.000Z",
  eventTypes: ["scheduling.*"],
  perSecond: 20,
  state: "running",
  matched: 270,
  queued: 120,
  succeeded: 149,
  failed: 1,
  canceled: 0,
  requestedBy: "ada@brightwater.example",
  startedAt: "2026-01-31T10:00:00.000Z",
  finishedAt: null,
};

const ownType: EventTypeOut = {
  name: "invoice.paid",
  group: "invoice",
  description: "An invoice was paid in full.",
  schema: {
    type: "object",
    properties: { invoiceId: { type: "string" }, amount: { type: "integer", minimum: 0 } },
    required: ["invoiceId", "amount"],
    additionalProperties: false,
  },
  example: { invoiceId: "inv_1042", amount: 12_900 },
  builtIn: false,
  deprecated: false,
};

const stats: StatsOut = {
  bucket: "hour",
  since: "2026-01-31T08:00:00.000Z",
  until: "2026-01-31T10:00:00.000Z",
  items: [
    { start: "2026-01-31T08:00:00.000Z", attempts: 412, failures: 0, p50Ms: 38, p95Ms: 92, p99Ms: 140 },
    { start: "2026-01-31T09:00:00.000Z", attempts: 455, failures: 3, p50Ms: 40, p95Ms: 96, p99Ms: 152 },
  ],
};

const pageWith = <Item>(item: Item) => ({ items: [item], nextCursor: null });
const secrets = { secret, previous: [] };
const { name, description, schema, example } = ownType;

/** Body and answer (of the operation's own status) by the operation's id. A test checks each against its schema. */
export const examples: Readonly<Record<string, { body?: unknown; answer?: unknown }>> = {
  publishEvent: { body: { eventType, eventTimestamp, data: meeting }, answer: published },
  publishEvents: {
    body: { events: [{ eventType, eventTimestamp, data: meeting }] },
    answer: { items: [published] },
  },
  listEvents: { answer: pageWith(event) },
  getEvent: { answer: event },
  listEndpoints: { answer: pageWith(endpoint) },
  createEndpoint: {
    body: {
      url,
      description: "Calendar sync",
      eventTypes: ["scheduling.*"],
      headers: { "x-team": "calendar" },
    },
    answer: { ...endpoint, state: "disabled", updatedAt: endpoint.createdAt },
  },
  getEndpoint: { answer: endpoint },
  updateEndpoint: {
    body: { state: "active" },
    answer: { ...endpoint, state: "validating", validatingUntil: "2026-01-31T14:05:40.210Z" },
  },
  getEndpointSecret: { answer: secrets },
  rotateEndpointSecret: {
    body: { overlapSeconds: 86_400 },
    answer: {
      secret: "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
      previous: [{ secret, expiresAt: "2026-02-01T10:00:00.000Z" }],
    },
  },
  testEndpoint: { body: { eventType }, answer: { ...attempt, purpose: "test" } },
  listEndpointTransitions: { answer: pageWith(transition) },
  listEndpointAttempts: { answer: pageWith(attempt) },
  getAttempt: { answer: attempt },
  getDelivery: { answer: delivery },
  retryDelivery: { answer: { ...delivery, state: "pending", nextAttemptAt: sentAt, finishedAt: null } },
  startReplay: {
    body: {
      since: replay.since,
      until: replay.until,
      scope: "missed",
      eventTypes: ["scheduling.*"],
      perSecond: 20,
    },
    answer: { replayId: ids.replay, matched: 270 },
  },
  getReplay: { answer: replay },
  cancelReplay: { answer: { ...replay, state: "canceled", queued: 0, canceled: 120 } },
  listEventTypes: { answer: pageWith(ownType) },
  getEventType: { answer: ownType },
  createEventType: { body: { name, description, schema, example }, answer: ownType },
  updateEventType: { body: { deprecated: true }, answer: { ...ownType, deprecated: true } },
  getStats: { answer: stats },
  getOpenApi: { answer: { openapi: "3.1.0" } },
};
