import { EndpointParams } from "@/lib/schemas/endpoint";
import { internalRoute } from "@/lib/server/http/internal-route";
import { countUndelivered } from "@/lib/server/use-cases/count-undelivered";

export const GET = internalRoute(EndpointParams, ({ deps, principal, query }) =>
  countUndelivered(deps, principal, query.id),
);
