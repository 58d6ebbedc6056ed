import type { EventTypeDefinition } from "@/lib/domain/catalog/event-type-definition";
import {
  count,
  dataSchema,
  text,
  textOrNull,
  utcTime,
  utcTimeOrNull,
} from "@/lib/domain/catalog/schema-parts";
import { errorCodes } from "@/lib/domain/error-codes";

const endpoint = {
  endpointId: text("Endpoint id", "The endpoint this is about."),
  endpointUrl: text("Endpoint URL", "Its URL at that moment."),
};

const exampleEndpoint = {
  endpointId: "ep_01kf2q8v6dexz9t4w5m7rjh3ab",
  endpointUrl: "https://hooks.harborline.example/posthorn",
};

const failingSince = utcTime("Failing since", "When the first of the failures happened.");

export const webhookEventTypes: readonly EventTypeDefinition[] = [
  {
    name: "webhook.activated",
    group: "webhook",
    description: "An endpoint proved itself and receives events from now on.",
    whenSent: "When the validation of an endpoint succeeds.",
    schema: dataSchema("Endpoint activated", "Which endpoint and when.", {
      ...endpoint,
      at: utcTime("At", "When it became active."),
    }),
    example: { ...exampleEndpoint, at: "2026-03-09T08:12:44.310Z" },
  },
  {
    name: "webhook.probation_started",
    group: "webhook",
    description: "An endpoint has failed for so long that it will be disabled unless it succeeds once.",
    whenSent: "When an endpoint is put on probation.",
    schema: dataSchema(
      "Probation started",
      "Which endpoint, since when it fails, and when it will be disabled.",
      {
        ...endpoint,
        failingSince,
        disablesAt: utcTime("Disables at", "When it will be disabled if nothing succeeds before."),
        reason: text("Reason", "The endpoint's status reason: one sentence with numbers and times."),
      },
    ),
    example: {
      ...exampleEndpoint,
      failingSince: "2026-03-10T02:20:05.114Z",
      disablesAt: "2026-03-13T02:20:05.114Z",
      reason:
        "Every attempt has failed since 2026-03-10 02:20 UTC, 96 so far, the last with status 503; " +
        "it will be disabled on 2026-03-13 at 02:20 UTC unless one succeeds.",
    },
  },
  {
    name: "webhook.recovered",
    group: "webhook",
    description: "An endpoint that was on probation or had a warning works again.",
    whenSent: "At the first success of an endpoint on probation, and at the success that ends a warning.",
    schema: dataSchema("Endpoint recovered", "Which endpoint, and for how long it had failed.", {
      ...endpoint,
      failingSince: utcTimeOrNull(
        "Failing since",
        "When the first of the failures happened; null where successes have come since, before the warning ended.",
      ),
      at: utcTime("At", "When the attempt succeeded."),
    }),
    example: {
      ...exampleEndpoint,
      failingSince: "2026-03-10T02:20:05.114Z",
      at: "2026-03-11T06:41:30.902Z",
    },
  },
  {
    name: "webhook.auto_disabled",
    group: "webhook",
    description: "An endpoint was disabled by the system because its deliveries failed.",
    whenSent: "When an endpoint's failure policy, or its answer 410, disables it.",
    schema: dataSchema("Endpoint disabled", "Which endpoint, why, and what had failed.", {
      ...endpoint,
      reason: text("Reason", "Why: chronic_failure, failure_streak, failure_volume or gone."),
      failingSince: utcTimeOrNull(
        "Failing since",
        "When the first of the failures happened, if that is known.",
      ),
      consecutiveFailures: count("Consecutive failures", "How many attempts had failed in a row."),
      at: utcTime("At", "When it was disabled."),
    }),
    example: {
      ...exampleEndpoint,
      reason: "chronic_failure",
      failingSince: "2026-03-10T02:20:05.114Z",
      consecutiveFailures: 288,
      at: "2026-03-13T02:31:12.077Z",
    },
  },
  {
    name: "webhook.delivery_exhausted",
    group: "webhook",
    description: "A delivery used up its attempts and will not be tried again by itself.",
    whenSent:
      "When the last attempt of a delivery fails; never about a delivery of one of these webhook.* events.",
    schema: dataSchema("Delivery exhausted", "Which delivery, and how its last attempt ended.", {
      endpointId: endpoint.endpointId,
      deliveryId: text("Delivery id", "The delivery that was given up."),
      eventId: text("Event id", "The event it would have delivered."),
      eventType: text("Event type", "That event's type."),
      attempts: count("Attempts", "How many attempts were made."),
      lastStatusCode: count("Last status code", "The status of the last answer; 0 when there was none."),
      lastErrorCode: {
        ...textOrNull("Last error code", "Why the last attempt failed, in the words of the attempt log."),
        enum: [...errorCodes, null],
      },
    }),
    example: {
      endpointId: exampleEndpoint.endpointId,
      deliveryId: "dlv_01kfb3n0w2f7gtyc5s8q4e6mzd",
      eventId: "evt_01kfb3n0vhe8pt1x9a7r2k5jwc",
      eventType: "scheduling.smartscheduler.scheduled",
      attempts: 4,
      lastStatusCode: 503,
      lastErrorCode: "unexpected_status",
    },
  },
];
