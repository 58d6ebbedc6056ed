import { retryDeliveryOperation } from "@/lib/schemas/operations/deliveries";
import { apiRoute } from "@/lib/server/http/api-route";
import { retryDelivery } from "@/lib/server/use-cases/retry-delivery";

/** 202, not 200: the delivery is due, and nothing has been sent yet. */
export const POST = apiRoute(retryDeliveryOperation, ({ deps, principal, params }) =>
  retryDelivery(deps, principal, params.id),
);
