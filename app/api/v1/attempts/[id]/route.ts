import { getAttemptOperation } from "@/lib/schemas/operations/attempts";
import { apiRoute } from "@/lib/server/http/api-route";
import { getAttempt } from "@/lib/server/use-cases/get-attempt";

export const GET = apiRoute(getAttemptOperation, ({ deps, principal, params }) =>
  getAttempt(deps, principal, params.id),
);
