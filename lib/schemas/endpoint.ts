import { z } from "zod";
import { endpointStates } from "@/lib/domain/endpoint-lifecycle";
import { endpointStatuses } from "@/lib/domain/endpoint-health";
import { choiceIn } from "./choice-in";
import {
  failurePolicyIn,
  filterIn,
  headersIn,
  rateLimitIn,
  retryScheduleIn,
  timeoutSecondsIn,
  verificationIn,
} from "./endpoint-settings";
import { pageQuery, timestampOut } from "./paging";
import { idIn, idOut } from "./public-id";
import { lineIn, storableText } from "./storable-text";

const url = z.string("must be a URL like https://example.com/webhooks");
const eventTypes = z
  .array(z.string("must be the name of an event type"), 'must be a list like ["*"] or ["scheduling.*"]')
  .meta({ description: 'Names of event types, groups like `scheduling.*`, or `["*"]` for everything.' });

/** Every setting of an endpoint that a person or a program may choose; none has a default here. */
const settings = {
  description: lineIn(500).optional(),
  eventTypes: eventTypes.optional(),
  filter: filterIn.optional(),
  successStatus: choiceIn(["200", "2xx"]).optional(),
  onGone: choiceIn(["retry", "disable"]).optional(),
  timeoutSeconds: timeoutSecondsIn.optional(),
  retrySchedule: retryScheduleIn.optional(),
  rateLimitPerSecond: rateLimitIn.optional(),
  verification: verificationIn.optional(),
  failurePolicy: failurePolicyIn.optional(),
  headers: headersIn.optional(),
};

/** A new endpoint. Whether its URL may be called and its event types exist is known to the use-case. */
export const EndpointIn = z.strictObject({ url, ...settings });
export type EndpointIn = z.output<typeof EndpointIn>;

/** A change: what is not named stays as it is. `state` asks for activation or switches the endpoint off. */
export const EndpointPatch = z.strictObject({
  url: url.optional(),
  state: choiceIn(["active", "disabled"]).optional().meta({
    description: "`active` starts the validation of a disabled endpoint; `disabled` switches it off.",
  }),
  ...settings,
});
export type EndpointPatch = z.output<typeof EndpointPatch>;

const moment = timestampOut.nullable();

export const FailurePolicyOut = z.object({
  preset: z.enum(["chronic", "streak", "volume"]),
  probationAfterSeconds: z.number().optional(),
  disableAfterSeconds: z.number().optional(),
  window: z.number().optional(),
  warnFailures: z.number().optional(),
  disableConsecutive: z.number().optional(),
  recoverConsecutive: z.number().optional(),
});

/** The endpoint object (contract, section 5). */
export const EndpointOut = z
  .object({
    id: idOut("endpoint"),
    url: z.string(),
    description: z.string(),
    eventTypes: z.array(z.string()),
    filter: z.record(z.string(), z.unknown()).nullable(),
    state: z.enum(endpointStates),
    status: z.enum(endpointStatuses),
    statusReason: z.string().nullable(),
    failingSince: moment,
    probationSince: moment,
    disablesAt: moment,
    validatingUntil: moment,
    successStatus: z.enum(["200", "2xx"]),
    onGone: z.enum(["retry", "disable"]),
    timeoutSeconds: z.number().int().min(1).max(30),
    retrySchedule: z.array(z.string()).nullable(),
    rateLimitPerSecond: z.number().nullable(),
    verification: z.object({ method: z.enum(["test_event", "challenge"]), challengeHeader: z.string() }),
    failurePolicy: FailurePolicyOut,
    headers: z.record(z.string(), z.string()),
    createdAt: timestampOut,
    updatedAt: timestampOut,
  })
  .meta({ id: "Endpoint" });
export type EndpointOut = z.output<typeof EndpointOut>;

/** As it was saved, with what the caller should know about it; the field is missing when there is nothing. */
export const SavedEndpointOut = EndpointOut.extend({
  warnings: z
    .array(z.string())
    .optional()
    .meta({ description: "Only when there is one, such as a host name that does not resolve yet." }),
}).meta({ id: "SavedEndpoint" });
export type SavedEndpointOut = z.output<typeof SavedEndpointOut>;

export const EndpointParams = z.object({ id: idIn("endpoint") });

export const EndpointListQuery = z.strictObject({
  ...pageQuery.shape,
  search: storableText(200).optional(),
  state: choiceIn(endpointStates).optional(),
  status: choiceIn(endpointStatuses).optional(),
});
export type EndpointListQuery = z.output<typeof EndpointListQuery>;
