import { listEndpointAttemptsOperation } from "@/lib/schemas/operations/attempts";
import { apiRoute } from "@/lib/server/http/api-route";
import { listEndpointAttempts } from "@/lib/server/use-cases/list-attempts";

export const GET = apiRoute(listEndpointAttemptsOperation, ({ deps, principal, params, query }) =>
  listEndpointAttempts(deps, principal, params.id, query),
);
