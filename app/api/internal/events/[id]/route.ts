import { EventParams } from "@/lib/schemas/event";
import { internalRoute } from "@/lib/server/http/internal-route";
import { getEventDetail } from "@/lib/server/use-cases/get-event-detail";

export const GET = internalRoute(EventParams, ({ deps, principal, query }) =>
  getEventDetail(deps, principal, query.id),
);
