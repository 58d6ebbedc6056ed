import { ownEventTypesMax } from "@/lib/domain/limits";
import { operation } from "../operation";
import {
  EventTypeIn,
  EventTypeListQuery,
  EventTypeOut,
  EventTypePageOut,
  EventTypeParams,
  EventTypePatch,
} from "../event-type";

export const listEventTypesOperation = operation({
  id: "listEventTypes",
  method: "get",
  path: "/event-types",
  scope: "events:read",
  tag: "Event types",
  summary: "List event types",
  description: "The organization's own types by name, then the built-in ones.",
  query: EventTypeListQuery,
  answer: { status: 200, description: "A page of event types.", schema: EventTypePageOut },
});

export const getEventTypeOperation = operation({
  id: "getEventType",
  method: "get",
  path: "/event-types/{name}",
  scope: "events:read",
  tag: "Event types",
  summary: "Read an event type",
  params: EventTypeParams,
  answer: { status: 200, description: "The event type.", schema: EventTypeOut },
});

export const createEventTypeOperation = operation({
  id: "createEventType",
  method: "post",
  path: "/event-types",
  scope: "admin",
  tag: "Event types",
  summary: "Register an event type",
  description:
    "The example has to satisfy the schema. A schema has at most 64 KiB and refers only to itself.",
  body: EventTypeIn,
  answer: { status: 201, description: "Registered; events of it can be published.", schema: EventTypeOut },
  otherAnswers: [
    {
      status: 409,
      description: `The name is taken, or the organization has ${ownEventTypesMax.toLocaleString("en")} event types of its own already.`,
    },
  ],
});

export const updateEventTypeOperation = operation({
  id: "updateEventType",
  method: "patch",
  path: "/event-types/{name}",
  scope: "admin",
  tag: "Event types",
  summary: "Change an event type",
  description:
    "Only the organization's own types; fields that are not given stay. Stored events are not checked again.",
  params: EventTypeParams,
  body: EventTypePatch,
  answer: { status: 200, description: "The event type as it is now.", schema: EventTypeOut },
});

export const deleteEventTypeOperation = operation({
  id: "deleteEventType",
  method: "delete",
  path: "/event-types/{name}",
  scope: "admin",
  tag: "Event types",
  summary: "Delete an event type",
  params: EventTypeParams,
  answer: { status: 204, description: "Deleted." },
  otherAnswers: [{ status: 409, description: "It is in use: deprecate it instead." }],
});

export const eventTypeOperations = [
  listEventTypesOperation,
  getEventTypeOperation,
  createEventTypeOperation,
  updateEventTypeOperation,
  deleteEventTypeOperation,
];
