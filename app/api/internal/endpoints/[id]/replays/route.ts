import { EndpointParams } from "@/lib/schemas/endpoint";
import { internalRoute } from "@/lib/server/http/internal-route";
import { listReplays } from "@/lib/server/use-cases/get-replay";

export const GET = internalRoute(EndpointParams, ({ deps, principal, query }) =>
  listReplays(deps, principal, query.id),
);
