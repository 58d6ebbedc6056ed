import { listEventsOperation, publishEventOperation } from "@/lib/schemas/operations/events";
import { apiRoute } from "@/lib/server/http/api-route";
import { eventPageResponse } from "@/lib/server/http/event-response";
import { listEvents } from "@/lib/server/use-cases/list-events";
import { publishEvent } from "@/lib/server/use-cases/publish-event";

export const GET = apiRoute(listEventsOperation, async ({ deps, principal, query }) =>
  eventPageResponse(await listEvents(deps, principal, query)),
);

/** 202, not 201: the event and its deliveries are stored, and nothing has been sent yet. */
export const POST = apiRoute(publishEventOperation, ({ deps, principal, input, bodyText, request }) =>
  publishEvent(deps, principal, input, {
    idempotencyKey: request.headers.get("idempotency-key"),
    traceparent: request.headers.get("traceparent"),
    bodyText,
  }),
);
