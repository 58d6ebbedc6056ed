import "server-only";
import { retryRefusal } from "@/lib/domain/delivery-retry";
import { decodeId, encodeId } from "@/lib/domain/ids";
import type { EventDetailOut } from "@/lib/schemas/event";
import { listRetryCandidates } from "@/lib/server/db/deliveries";
import { listAttemptOutcomes } from "@/lib/server/db/event-log";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { oldestKeptId } from "./event-range";
import { getEvent } from "./get-event";

/** As `getEvent`, with what came of every attempt, and whether each delivery can be sent again. */
export async function getEventDetail(deps: Deps, principal: Principal, id: string): Promise<EventDetailOut> {
  const event = await getEvent(deps, principal, id);
  const deliveryIds = event.deliveries.map((delivery) => decodeId("dlv", delivery.id)!);
  const outcomes = await listAttemptOutcomes(
    deps.sql,
    principal.organizationId,
    deliveryIds,
    oldestKeptId(deps),
  );
  const candidates = await listRetryCandidates(deps.sql, principal.organizationId, deliveryIds);
  const refusals = new Map(
    candidates.map((candidate) => [
      encodeId("dlv", candidate.id),
      retryRefusal({ ...candidate, eventKept: true }),
    ]),
  );
  const byDelivery = Map.groupBy(outcomes, ({ deliveryId }) => encodeId("dlv", deliveryId));
  return {
    ...event,
    deliveries: event.deliveries.map((delivery) => ({
      ...delivery,
      retryRefusal: refusals.get(delivery.id) ?? null,
      attempts: (byDelivery.get(delivery.id) ?? []).map(({ deliveryId: _, ...attempt }) => ({
        ...attempt,
        id: encodeId("att", attempt.id),
      })),
    })),
  };
}
