import { z } from "zod";
import { deliveryStates } from "@/lib/domain/delivery-settlement";
import { eventsPerBatchMax } from "@/lib/domain/limits";
import type { ErrorCode } from "@/lib/domain/error-codes";
import { purposes } from "@/lib/domain/endpoint-health";
import { idIn, idOut } from "./public-id";
import { backwards, isForwards, momentIn, pageOf, pageQuery, timestampOut } from "./paging";
import { isStorableText, jsonObject } from "./storable-text";

/** The shape of an event type's name; whether there is such a type is the catalog's business. */
export const eventTypeName = z
  .string("must be an event type's name")
  .max(128, "must have at most 128 characters")
  .regex(/^[a-z0-9_]+(?:\.[a-z0-9_]+)+$/, "must be an event type's name, like invoice.paid")
  .meta({ example: "scheduling.smartscheduler.scheduled" });

const earliest = Date.parse("1970-01-01T00:00:00Z");
const latest = Date.parse("9999-12-31T00:00:00Z");

const eventTimestampIn = momentIn
  .refine(
    (at) => at.getTime() >= earliest && at.getTime() <= latest,
    "must lie between the years 1970 and 9999",
  )
  .meta({ description: "When it happened; the moment it was accepted when not given." });

export const EventIn = z.strictObject({
  eventType: eventTypeName,
  data: jsonObject.describe("What happened; it must satisfy the JSON Schema of the event type."),
  eventTimestamp: eventTimestampIn.optional(),
});

export type EventIn = z.output<typeof EventIn>;

export const EventBatchIn = z.strictObject({
  events: z
    .array(EventIn, "must be a list of events")
    .min(1, "must have at least 1 event")
    .max(eventsPerBatchMax, `must have at most ${eventsPerBatchMax} events`),
});

export type EventBatchIn = z.output<typeof EventBatchIn>;

/** What publishing answers. */
export const PublishedOut = z.object({
  eventId: idOut("event"),
  eventType: z.string(),
  eventTimestamp: timestampOut,
  duplicate: z.boolean().meta({
    description: "True when the idempotency key was used before; this is the answer to that first request.",
  }),
  deliveries: z
    .int()
    .meta({ description: "How many deliveries were made, one for each endpoint that wants the event." }),
});

export type PublishedOut = z.output<typeof PublishedOut>;

export const PublishedBatchOut = z.object({ items: z.array(PublishedOut) });

/** One event's way to one endpoint. */
export const EventDeliveryOut = z.object({
  id: idOut("delivery"),
  endpointId: idOut("endpoint"),
  endpointUrl: z.string(),
  purpose: z.enum(purposes),
  state: z.enum(deliveryStates),
  deliveryAttempt: z.int().meta({ description: "How many attempts were made; the number of the next one." }),
  nextAttemptAt: timestampOut.nullable().meta({ description: "Set while the delivery is pending." }),
  finishedAt: timestampOut.nullable(),
});

export type EventDeliveryOut = z.output<typeof EventDeliveryOut>;

const eventShape = {
  id: idOut("event"),
  eventId: idOut("event").meta({
    description: "The same as `id`, spelled as in the request that receivers get.",
  }),
  eventType: z.string(),
  eventTimestamp: timestampOut.meta({ description: "When it happened, as its publisher says." }),
  createdAt: timestampOut.meta({ description: "When it was accepted." }),
};

export const EventOut = z.object({
  ...eventShape,
  deliveries: z.array(EventDeliveryOut),
  data: z.looseObject({}).meta({ description: "As it was published, to the last digit." }),
});

/** An event whose `data` stays JSON text: parsed, its numbers could change. */
export type EventWithDataText = Omit<z.output<typeof EventOut>, "data"> & { dataText: string };

export const EventPageOut = pageOf(EventOut);

/** An attempt as a mark beside its delivery. */
export interface AttemptMark {
  id: string;
  deliveryAttempt: number;
  succeeded: boolean;
  statusCode: number;
  errorCode: ErrorCode | null;
}

/** One event as its page shows it. */
export type EventDetailOut = Omit<EventWithDataText, "deliveries"> & {
  deliveries: (EventDeliveryOut & {
    attempts: AttemptMark[];
    /** Why it cannot be sent again by hand, as a sentence; null when it can. */
    retryRefusal: string | null;
  })[];
};

/** A row of the dashboard's list. */
export const EventSummaryOut = z.object({
  ...eventShape,
  deliveryCounts: z.partialRecord(z.enum(deliveryStates), z.int()),
});

export type EventSummaryOut = z.output<typeof EventSummaryOut>;

const eventFilter = {
  eventType: eventTypeName.optional(),
  since: momentIn.optional().meta({ description: "Accepted at this moment or later." }),
  until: momentIn.optional().meta({ description: "Accepted before this moment, which is after `since`." }),
};

export const EventListQuery = z
  .strictObject({ ...pageQuery.shape, ...eventFilter })
  .refine(isForwards, backwards);

export type EventListQuery = z.output<typeof EventListQuery>;

/** The dashboard's search: several types, written as `?eventType=a,b`, or one event by its id. */
export const EventSearch = z.strictObject({
  ...pageQuery.shape,
  eventTypes: z
    .string()
    .max(8000)
    .transform((text) => text.split(",").filter(isStorableText))
    .optional(),
  id: z.string().max(200).optional(),
  since: momentIn.optional(),
  until: momentIn.optional(),
});

export type EventSearch = z.output<typeof EventSearch>;

export const EventParams = z.object({ id: idIn("event") });

/** A client's own name for a request, so that sending it again publishes nothing twice. */
export const IdempotencyKey = z
  .string()
  .regex(/^[\x20-\x7e]{1,255}$/, "must be 1 to 255 printable ASCII characters");
