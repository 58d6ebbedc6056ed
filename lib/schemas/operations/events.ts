import { operation } from "../operation";
import {
  EventBatchIn,
  EventIn,
  EventListQuery,
  EventOut,
  EventPageOut,
  EventParams,
  PublishedBatchOut,
  PublishedOut,
} from "../event";

const keyUsed = { status: 409, description: "The idempotency key was used with another body." };
const tooLarge = { status: 413, description: "The body is larger than 1 MiB." };

export const publishEventOperation = operation({
  id: "publishEvent",
  method: "post",
  path: "/events",
  scope: "events:write",
  tag: "Events",
  summary: "Publish an event",
  description:
    "Stores the event and a delivery for each endpoint that wants it, and answers before anything is sent. " +
    "`data` is checked against the JSON Schema of the event type and sent on exactly as it was received. " +
    "`developer.*` and `webhook.*` are emitted by Posthorn alone: publishing them answers 403.",
  body: EventIn,
  headers: [
    {
      name: "Idempotency-Key",
      description:
        "1 to 255 printable characters of your own. The same key with the same body, byte for byte, answers with the " +
        "first event and `duplicate: true` for as long as that event is kept; with another body it answers 409.",
    },
  ],
  answer: { status: 202, description: "Stored; deliveries are under way.", schema: PublishedOut },
  otherAnswers: [keyUsed, tooLarge],
});

export const publishEventsOperation = operation({
  id: "publishEvents",
  method: "post",
  path: "/events/batch",
  scope: "events:write",
  tag: "Events",
  summary: "Publish a batch of events",
  description:
    "1 to 1,000 events in one body of at most 1 MiB, stored together or not at all. Problems are named by their " +
    "index, like `events[3].data.id`.",
  body: EventBatchIn,
  headers: [
    {
      name: "Idempotency-Key",
      description:
        "As for a single event, and of the whole batch: the same key with the same body answers with all of the first " +
        "batch's events and `duplicate: true`.",
    },
  ],
  answer: { status: 202, description: "All are stored, in this order.", schema: PublishedBatchOut },
  otherAnswers: [keyUsed, tooLarge],
});

export const listEventsOperation = operation({
  id: "listEvents",
  method: "get",
  path: "/events",
  scope: "events:read",
  tag: "Events",
  summary: "List events",
  description:
    "The events of the retention with their deliveries, newest first. `since` and `until` are about when an event was " +
    "accepted. A page with much data may have fewer events than `limit`; `nextCursor` tells whether there are more.",
  query: EventListQuery,
  answer: { status: 200, description: "A page of events.", schema: EventPageOut },
});

export const getEventOperation = operation({
  id: "getEvent",
  method: "get",
  path: "/events/{id}",
  scope: "events:read",
  tag: "Events",
  summary: "Read an event",
  description: "The event and its deliveries, one for each endpoint that it went to.",
  params: EventParams,
  answer: { status: 200, description: "The event.", schema: EventOut },
});

export const eventOperations = [
  publishEventOperation,
  publishEventsOperation,
  listEventsOperation,
  getEventOperation,
];
