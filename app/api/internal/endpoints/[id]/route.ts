import { EndpointParams } from "@/lib/schemas/endpoint";
import { internalRoute } from "@/lib/server/http/internal-route";
import { getEndpointPage } from "@/lib/server/use-cases/get-endpoint-page";

export const GET = internalRoute(EndpointParams, async ({ deps, principal, query }) =>
  getEndpointPage(deps, principal, query.id),
);
