import { testEndpointOperation } from "@/lib/schemas/operations/endpoints";
import { apiRoute } from "@/lib/server/http/api-route";
import { getAttempt } from "@/lib/server/use-cases/get-attempt";
import { testEndpoint } from "@/lib/server/use-cases/test-endpoint";

export const POST = apiRoute(testEndpointOperation, async ({ deps, principal, params, input }) =>
  getAttempt(deps, principal, await testEndpoint(deps, principal, params.id, input)),
);
