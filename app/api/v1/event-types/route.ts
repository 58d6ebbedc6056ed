import { createEventTypeOperation, listEventTypesOperation } from "@/lib/schemas/operations/event-types";
import { apiRoute } from "@/lib/server/http/api-route";
import { createEventType } from "@/lib/server/use-cases/create-event-type";
import { listEventTypes } from "@/lib/server/use-cases/list-event-types";

export const GET = apiRoute(listEventTypesOperation, ({ deps, principal, query }) =>
  listEventTypes(deps, principal, query),
);

export const POST = apiRoute(createEventTypeOperation, ({ deps, principal, input }) =>
  createEventType(deps, principal, input),
);
