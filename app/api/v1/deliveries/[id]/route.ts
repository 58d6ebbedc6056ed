import { getDeliveryOperation } from "@/lib/schemas/operations/deliveries";
import { apiRoute } from "@/lib/server/http/api-route";
import { getDelivery } from "@/lib/server/use-cases/get-delivery";

export const GET = apiRoute(getDeliveryOperation, ({ deps, principal, params }) =>
  getDelivery(deps, principal, params.id),
);
