import { publishEventsOperation } from "@/lib/schemas/operations/events";
import { apiRoute } from "@/lib/server/http/api-route";
import { publishEvents } from "@/lib/server/use-cases/publish-events";

export const POST = apiRoute(publishEventsOperation, ({ deps, principal, input, bodyText, request }) =>
  publishEvents(deps, principal, input, {
    idempotencyKey: request.headers.get("idempotency-key"),
    traceparent: request.headers.get("traceparent"),
    bodyText,
  }),
);
