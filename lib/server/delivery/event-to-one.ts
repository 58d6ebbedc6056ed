import "server-only";
import { lanes } from "@/lib/domain/delivery-settlement";
import type { Purpose } from "@/lib/domain/endpoint-health";
import { insertEvents } from "@/lib/server/db/events";
import type { Sql } from "@/lib/server/db/sql";
import type { Engine } from "./engine";

interface EventToOne {
  purpose: Extract<Purpose, "validation" | "test">;
  eventType: string;
  data: unknown;
  /** `usr_...` or `key_...` */
  requestedBy: string;
}

/** Stores an event with a delivery to one endpoint alone, whatever it subscribes to, due now. Returns the delivery's id. */
export async function addressEvent(
  { clock, newId }: Pick<Engine, "clock" | "newId">,
  sql: Sql,
  { id: endpointId, organizationId }: { id: string; organizationId: string },
  { purpose, eventType, data, requestedBy }: EventToOne,
): Promise<string> {
  const now = clock();
  const eventId = newId();
  const deliveryId = newId();
  await insertEvents(
    sql,
    [
      {
        id: eventId,
        organizationId,
        eventType,
        eventTimestamp: now,
        dataText: JSON.stringify(data),
        deliveryCount: 1,
        idempotencyKey: null,
        bodyHash: null,
      },
    ],
    [
      {
        id: deliveryId,
        organizationId,
        endpointId,
        eventId,
        eventType,
        purpose,
        state: "pending",
        lane: lanes.live,
        dueAt: now,
        requestedBy,
      },
    ],
  );
  return deliveryId;
}
