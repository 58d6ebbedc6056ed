import { EventSearch } from "@/lib/schemas/event";
import { internalRoute } from "@/lib/server/http/internal-route";
import { listEventSummaries } from "@/lib/server/use-cases/list-event-summaries";

export const GET = internalRoute(EventSearch, ({ deps, principal, query }) =>
  listEventSummaries(deps, principal, query),
);
