import { createEndpointOperation, listEndpointsOperation } from "@/lib/schemas/operations/endpoints";
import { apiRoute } from "@/lib/server/http/api-route";
import { createEndpoint } from "@/lib/server/use-cases/create-endpoint";
import { listEndpoints } from "@/lib/server/use-cases/list-endpoints";

export const GET = apiRoute(listEndpointsOperation, async ({ deps, principal, query }) =>
  listEndpoints(deps, principal, query),
);

export const POST = apiRoute(createEndpointOperation, async ({ deps, principal, input }) =>
  createEndpoint(deps, principal, input),
);
