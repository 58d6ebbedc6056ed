import "server-only";
import { retryRefusal } from "@/lib/domain/delivery-retry";
import { decodeId, encodeId } from "@/lib/domain/ids";
import type { AttemptDetailOut } from "@/lib/schemas/delivery";
import { notFound } from "@/lib/server/app-error";
import { findDeliveryRow } from "@/lib/server/db/deliveries";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { getAttempt } from "./get-attempt";
import { deliveryOut } from "./get-delivery";

const noOldest = "00000000-0000-0000-0000-000000000000";

/**
 * An attempt with its endpoint and delivery as they are now. A delivery can be past the retention while its last
 * attempt is not: as long as its day is stored it is shown. Throws as `getAttempt` does.
 */
export async function getAttemptDetail(
  deps: Deps,
  principal: Principal,
  id: string,
): Promise<AttemptDetailOut> {
  const attempt = await getAttempt(deps, principal, id);
  const deliveryId = decodeId("dlv", attempt.deliveryId) ?? noOldest;
  const row = await findDeliveryRow(deps.sql, principal.organizationId, deliveryId, noOldest);
  return {
    attempt,
    delivery: row && (await deliveryOut(deps, principal, row)),
    endpoint: await endpointOf(deps, principal, decodeId("ep", attempt.endpointId) ?? noOldest),
    retryRefusal: row ? retryRefusal(row) : "The delivery is past the retention.",
  };
}

async function endpointOf(
  deps: Deps,
  { organizationId }: Principal,
  id: string,
): Promise<AttemptDetailOut["endpoint"]> {
  const endpoint = await deps.prisma.endpoint.findFirst({ where: { id, organizationId } });
  if (!endpoint) throw notFound("endpoint");
  const { url, description, state, deletedAt } = endpoint;
  return { id: encodeId("ep", id), url, description, state, isDeleted: deletedAt !== null };
}
