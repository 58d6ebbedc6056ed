import { EndpointListQuery } from "@/lib/schemas/endpoint";
import { internalRoute } from "@/lib/server/http/internal-route";
import { listEndpointCards } from "@/lib/server/use-cases/list-endpoint-cards";

export const GET = internalRoute(EndpointListQuery, async ({ deps, principal, query }) =>
  listEndpointCards(deps, principal, query),
);
