import { z } from "zod";
import { type endpointStates } from "@/lib/domain/endpoint-lifecycle";
import { type AttemptOut, AttemptSummaryOut } from "./attempt";
import { EventDeliveryOut } from "./event";
import { timestampOut } from "./paging";
import { idIn, idOut } from "./public-id";

/** One event to one endpoint, with every attempt that was made of it, oldest first. */
export const DeliveryOut = EventDeliveryOut.extend({
  eventId: idOut("event"),
  eventType: z.string(),
  createdAt: timestampOut,
  replayId: idOut("replay").nullable(),
  attempts: z
    .array(AttemptSummaryOut)
    .meta({ description: "Oldest first, without request and response: `GET /attempts/{id}` has them." }),
}).meta({ id: "Delivery" });
export type DeliveryOut = z.output<typeof DeliveryOut>;

export const DeliveryParams = z.object({ id: idIn("delivery") });

/** What the dashboard shows about one attempt. */
export interface AttemptDetailOut {
  attempt: AttemptOut;
  /** Null: past the retention. */
  delivery: DeliveryOut | null;
  endpoint: {
    id: string;
    url: string;
    description: string;
    state: (typeof endpointStates)[number];
    isDeleted: boolean;
  };
  /** Why the delivery cannot be retried now, as a sentence; null: it can. */
  retryRefusal: string | null;
}
