import { z } from "zod";
import { bodyBytesMax } from "@/lib/domain/limits";
import { eventTypeName } from "./event";
import type { EndpointOut } from "./endpoint";

const tooLarge = `must have at most ${bodyBytesMax / 2 ** 20} MiB`;

/** An event as it is typed into the page: its data is text until it is published. */
export const EventDraft = z.strictObject({
  eventType: eventTypeName,
  dataText: z
    .string("must be text")
    .refine((text) => new TextEncoder().encode(text).length <= bodyBytesMax, tooLarge),
});

export type EventDraft = z.output<typeof EventDraft>;

export const EventDraftToPublish = EventDraft.extend({
  /** Empty when none is given. */
  idempotencyKey: z.string("must be text").max(1000),
});

export type EventDraftToPublish = z.output<typeof EventDraftToPublish>;

/** What would become of a draft if it were published now. */
export interface DraftVerdict {
  problems: { path: string; message: string }[];
  /** The endpoints that would get it: at once when active, once they have proved themselves when validating. */
  endpoints: Pick<EndpointOut, "id" | "url" | "state">[];
}
