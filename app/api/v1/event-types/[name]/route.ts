import {
  deleteEventTypeOperation,
  getEventTypeOperation,
  updateEventTypeOperation,
} from "@/lib/schemas/operations/event-types";
import { apiRoute } from "@/lib/server/http/api-route";
import { deleteEventType } from "@/lib/server/use-cases/delete-event-type";
import { getEventType } from "@/lib/server/use-cases/get-event-type";
import { updateEventType } from "@/lib/server/use-cases/update-event-type";

export const GET = apiRoute(getEventTypeOperation, ({ deps, principal, params }) =>
  getEventType(deps, principal, params.name),
);

export const PATCH = apiRoute(updateEventTypeOperation, ({ deps, principal, params, input }) =>
  updateEventType(deps, principal, params.name, input),
);

export const DELETE = apiRoute(deleteEventTypeOperation, ({ deps, principal, params }) =>
  deleteEventType(deps, principal, params.name),
);
