import { AttemptParams } from "@/lib/schemas/attempt";
import { internalRoute } from "@/lib/server/http/internal-route";
import { getAttemptDetail } from "@/lib/server/use-cases/get-attempt-detail";

export const GET = internalRoute(AttemptParams, ({ deps, principal, query }) =>
  getAttemptDetail(deps, principal, query.id),
);
