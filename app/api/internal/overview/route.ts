import { OverviewQuery } from "@/lib/schemas/overview";
import { internalRoute } from "@/lib/server/http/internal-route";
import { getOverview } from "@/lib/server/use-cases/get-overview";

export const GET = internalRoute(OverviewQuery, ({ deps, principal, query }) =>
  getOverview(deps, principal, query.range),
);
