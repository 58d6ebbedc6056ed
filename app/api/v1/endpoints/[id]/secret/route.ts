import { getEndpointSecretOperation } from "@/lib/schemas/operations/endpoints";
import { apiRoute } from "@/lib/server/http/api-route";
import { showSecret } from "@/lib/server/use-cases/show-secret";

export const GET = apiRoute(getEndpointSecretOperation, async ({ deps, principal, params }) =>
  showSecret(deps, principal, params.id),
);
