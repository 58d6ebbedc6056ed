import { AttemptSummaryQuery } from "@/lib/schemas/attempt";
import { internalRoute } from "@/lib/server/http/internal-route";
import { listAttemptSummaries } from "@/lib/server/use-cases/list-attempts";

export const GET = internalRoute(AttemptSummaryQuery, ({ deps, principal, query }) =>
  listAttemptSummaries(deps, principal, query),
);
