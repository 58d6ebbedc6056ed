import type { NoIds, RequestTry } from "./case.ts";

const unknown = (path: RequestTry["path"], body?: RequestTry["body"]): RequestTry => ({
  path,
  body,
  told: 404,
});
const own = (path: RequestTry["path"], body?: RequestTry["body"]): RequestTry => ({
  path,
  body,
  told: "own",
});

/** A type that an organization does not have is bad input (422), whoever else has it. */
const unknownType = (path: RequestTry["path"], body?: RequestTry["body"]): RequestTry => ({
  path,
  body,
  told: 422,
});

const since = new Date(Date.now() - 3_600_000).toISOString();

/**
 * Each method of the REST API with the ids, cursors and filters it takes, tried with the owner's. In the order in
 * which the owner does them all in the end: what deletes comes last.
 */
export const restCases: Record<string, RequestTry[] | NoIds> = {
  "GET /api/v1/events": [
    own(({ eventId }) => `/events?cursor=${eventId}`),
    own(({ eventType }) => `/events?eventType=${eventType}`),
  ],
  "GET /api/v1/events/[id]": [unknown(({ eventId }) => `/events/${eventId}`)],
  "GET /api/v1/endpoints": [
    own(({ endpointId }) => `/endpoints?cursor=${endpointId}`),
    own(() => "/endpoints?search=findable"),
  ],
  "GET /api/v1/endpoints/[id]": [unknown(({ endpointId }) => `/endpoints/${endpointId}`)],
  "GET /api/v1/endpoints/[id]/secret": [unknown(({ endpointId }) => `/endpoints/${endpointId}/secret`)],
  "GET /api/v1/endpoints/[id]/attempts": [
    unknown(({ endpointId }) => `/endpoints/${endpointId}/attempts`),
    own((theirs, mine) => `/endpoints/${mine.endpointId}/attempts?cursor=${theirs.attemptId}`),
    own((theirs, mine) => `/endpoints/${mine.endpointId}/attempts?eventType=${theirs.eventType}`),
  ],
  "GET /api/v1/endpoints/[id]/transitions": [
    unknown(({ endpointId }) => `/endpoints/${endpointId}/transitions`),
    own((theirs, mine) => `/endpoints/${mine.endpointId}/transitions?cursor=${theirs.transitionCursor}`),
  ],
  "GET /api/v1/attempts/[id]": [unknown(({ attemptId }) => `/attempts/${attemptId}`)],
  "GET /api/v1/deliveries/[id]": [unknown(({ deliveryId }) => `/deliveries/${deliveryId}`)],
  "GET /api/v1/replays/[id]": [unknown(({ replayId }) => `/replays/${replayId}`)],
  "GET /api/v1/event-types": [unknownType(({ eventType }) => `/event-types?cursor=${eventType}`)],
  "GET /api/v1/event-types/[name]": [unknown(({ eventType }) => `/event-types/${eventType}`)],
  "GET /api/v1/stats": [unknown(({ endpointId }) => `/stats?endpointId=${endpointId}`)],
  "GET /api/v1/openapi.json": { takesNoIds: "It is the same for everybody, and needs no key." },

  "POST /api/v1/endpoints/[id]/test": [
    unknown(
      ({ endpointId }) => `/endpoints/${endpointId}/test`,
      ({ eventType }) => ({ eventType, data: {} }),
    ),
  ],
  "POST /api/v1/endpoints/[id]/replay": [
    unknown(
      ({ endpointId }) => `/endpoints/${endpointId}/replay`,
      ({ eventType }) => ({ since, scope: "all", eventTypes: [eventType] }),
    ),
    unknownType(
      (_, mine) => `/endpoints/${mine.endpointId}/replay`,
      ({ eventType }) => ({ since, scope: "all", eventTypes: [eventType], dryRun: true }),
    ),
  ],
  "POST /api/v1/deliveries/[id]/retry": [unknown(({ deliveryId }) => `/deliveries/${deliveryId}/retry`)],
  "POST /api/v1/replays/[id]/cancel": [
    // It is over by then: the owner is told so (409), and nobody else.
    { ...unknown(({ replayId }) => `/replays/${replayId}/cancel`), ownerGets: false },
  ],
  "POST /api/v1/endpoints/[id]/secret/rotate": [
    unknown(
      ({ endpointId }) => `/endpoints/${endpointId}/secret/rotate`,
      () => ({}),
    ),
  ],
  "POST /api/v1/events": [
    unknownType(
      () => "/events",
      ({ eventType }) => ({ eventType, data: {} }),
    ),
  ],
  "POST /api/v1/events/batch": [
    unknownType(
      () => "/events/batch",
      ({ eventType }) => ({ events: [{ eventType, data: {} }] }),
    ),
  ],
  "POST /api/v1/endpoints": [
    unknownType(
      () => "/endpoints",
      ({ eventType }) => ({ url: "http://127.0.0.1:8009/hook", eventTypes: [eventType] }),
    ),
  ],
  "PATCH /api/v1/event-types/[name]": [
    unknown(
      ({ eventType }) => `/event-types/${eventType}`,
      () => ({ deprecated: true }),
    ),
  ],
  "PATCH /api/v1/endpoints/[id]": [
    unknown(
      ({ endpointId }) => `/endpoints/${endpointId}`,
      () => ({ description: "changed" }),
    ),
    unknown(
      ({ endpointId }) => `/endpoints/${endpointId}`,
      () => ({ state: "disabled" }),
    ),
    unknownType(
      (_, mine) => `/endpoints/${mine.spareEndpointId}`,
      ({ eventType }) => ({ eventTypes: [eventType] }),
    ),
  ],
  "DELETE /api/v1/event-types/[name]": [unknown(({ spareEventType }) => `/event-types/${spareEventType}`)],
  "POST /api/v1/event-types": [
    // A name is each organization's own: the same one beside the owner's touches nothing of it.
    {
      ...own(
        () => "/event-types",
        ({ twinEventType }) => ({
          name: twinEventType,
          description: "",
          schema: { type: "object" },
          example: {},
        }),
      ),
      ownerGets: false,
    },
  ],
  "DELETE /api/v1/endpoints/[id]": [unknown(({ spareEndpointId }) => `/endpoints/${spareEndpointId}`)],
};
