import {
  deleteEndpointOperation,
  getEndpointOperation,
  updateEndpointOperation,
} from "@/lib/schemas/operations/endpoints";
import { apiRoute } from "@/lib/server/http/api-route";
import { deleteEndpoint } from "@/lib/server/use-cases/delete-endpoint";
import { getEndpoint } from "@/lib/server/use-cases/get-endpoint";
import { updateEndpoint } from "@/lib/server/use-cases/update-endpoint";

export const GET = apiRoute(getEndpointOperation, async ({ deps, principal, params }) =>
  getEndpoint(deps, principal, params.id),
);

export const PATCH = apiRoute(updateEndpointOperation, async ({ deps, principal, params, input }) =>
  updateEndpoint(deps, principal, params.id, input),
);

export const DELETE = apiRoute(deleteEndpointOperation, async ({ deps, principal, params }) =>
  deleteEndpoint(deps, principal, params.id),
);
