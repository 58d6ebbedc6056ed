import { listEndpointTransitionsOperation } from "@/lib/schemas/operations/endpoints";
import { apiRoute } from "@/lib/server/http/api-route";
import { listTransitions } from "@/lib/server/use-cases/list-transitions";

export const GET = apiRoute(listEndpointTransitionsOperation, async ({ deps, principal, params, query }) =>
  listTransitions(deps, principal, params.id, query),
);
