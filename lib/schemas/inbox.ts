import { z } from "zod";
import { endpointStates } from "@/lib/domain/endpoint-lifecycle";
import { inboxBehaviors } from "@/lib/domain/inbox-answer";
import { timestampOut } from "./paging";
import { idIn, idOut } from "./public-id";
import { lineIn } from "./storable-text";

/** Requests that an inbox keeps; older ones make room. */
export const inboxRequestsMax = 200;
/** Largest body that an inbox takes, in bytes. */
export const inboxBodyBytesMax = 1024 * 1024;

const name = lineIn(80).pipe(z.string().min(1, "must not be empty"));

export const InboxIn = z.strictObject({ name });
export type InboxIn = z.output<typeof InboxIn>;

/** An inbox together with an endpoint that sends to it. */
export const InboxEndpointIn = z.strictObject({
  name,
  eventTypes: z.array(z.string()).min(1, "Choose at least one event type."),
});
export type InboxEndpointIn = z.output<typeof InboxEndpointIn>;

export const InboxParams = z.object({ id: idIn("inbox") });
export const InboxRequestParams = z.object({ id: idIn("inbox"), requestId: idIn("inboxRequest") });
export const InboxBehaviorIn = z.strictObject({ id: idIn("inbox"), behavior: z.enum(inboxBehaviors) });

const InboxEndpointOut = z.object({
  id: idOut("endpoint"),
  description: z.string(),
  state: z.enum(endpointStates),
});

export const InboxOut = z.object({
  id: idOut("inbox"),
  name: z.string(),
  /** Where it receives. */
  url: z.string(),
  behavior: z.enum(inboxBehaviors),
  requestCount: z.number().int(),
  lastReceivedAt: timestampOut.nullable(),
  /** The endpoints that send here. */
  endpoints: z.array(InboxEndpointOut),
  createdAt: timestampOut,
});
export type InboxOut = z.output<typeof InboxOut>;

/** Whether the signature verifies; `unchecked` where there was none to check, as in a challenge. */
const signature = z.enum(["valid", "invalid", "unchecked"]);

const InboxRequestRowOut = z.object({
  id: idOut("inboxRequest"),
  method: z.string(),
  query: z.string(),
  eventType: z.string().nullable(),
  bodyBytes: z.number().int(),
  /** The status it was answered with; null for one that crawled. */
  answered: z.number().int().nullable(),
  signature,
  /** One sentence about the signature, and what to do when it does not verify. */
  verdict: z.string(),
  receivedAt: timestampOut,
});
export type InboxRequestRowOut = z.output<typeof InboxRequestRowOut>;

export const InboxPageOut = InboxOut.extend({
  /** Newest first, at most `inboxRequestsMax`. */
  requests: z.array(InboxRequestRowOut),
  /** Why deliveries will not reach this inbox, or null. */
  unreachable: z.string().nullable(),
});
export type InboxPageOut = z.output<typeof InboxPageOut>;

export const InboxRequestOut = InboxRequestRowOut.extend({
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  /** Bytes that are not UTF-8 are shown as U+FFFD. */
  body: z.string(),
  isText: z.boolean(),
});
export type InboxRequestOut = z.output<typeof InboxRequestOut>;
