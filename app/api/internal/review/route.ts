import { ReviewQuery } from "@/lib/schemas/review";
import { internalRoute } from "@/lib/server/http/internal-route";
import { listReview } from "@/lib/server/use-cases/list-review";

export const GET = internalRoute(ReviewQuery, ({ deps, principal, query }) =>
  listReview(deps, principal, query),
);
