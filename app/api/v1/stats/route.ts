import { getStatsOperation } from "@/lib/schemas/operations/stats";
import { apiRoute } from "@/lib/server/http/api-route";
import { getStats } from "@/lib/server/use-cases/get-stats";

export const GET = apiRoute(getStatsOperation, ({ deps, principal, query }) =>
  getStats(deps, principal, query),
);
