import { getEventOperation } from "@/lib/schemas/operations/events";
import { apiRoute } from "@/lib/server/http/api-route";
import { eventResponse } from "@/lib/server/http/event-response";
import { getEvent } from "@/lib/server/use-cases/get-event";

export const GET = apiRoute(getEventOperation, async ({ deps, principal, params }) =>
  eventResponse(await getEvent(deps, principal, params.id)),
);
