import { rotateEndpointSecretOperation } from "@/lib/schemas/operations/endpoints";
import { apiRoute } from "@/lib/server/http/api-route";
import { rotateSecret } from "@/lib/server/use-cases/rotate-secret";

export const POST = apiRoute(rotateEndpointSecretOperation, async ({ deps, principal, params, input }) =>
  rotateSecret(deps, principal, params.id, input),
);
