import { EndpointParams } from "@/lib/schemas/endpoint";
import { pageQuery } from "@/lib/schemas/paging";
import { internalRoute } from "@/lib/server/http/internal-route";
import { listTransitions } from "@/lib/server/use-cases/list-transitions";

const Query = pageQuery.extend(EndpointParams.shape);

export const GET = internalRoute(Query, async ({ deps, principal, query }) =>
  listTransitions(deps, principal, query.id, query),
);
