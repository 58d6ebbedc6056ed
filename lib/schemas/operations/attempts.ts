import { z } from "zod";
import { AttemptListQuery, AttemptOut, AttemptPageOut, AttemptParams } from "../attempt";
import { operation, type Operation } from "../operation";
import { idIn } from "../public-id";

export const listEndpointAttemptsOperation = operation({
  id: "listEndpointAttempts",
  method: "get",
  path: "/endpoints/{id}/attempts",
  scope: "deliveries:read",
  tag: "Deliveries",
  summary: "List the attempts of an endpoint",
  description:
    "Every request of the retention with what was answered, newest first, also of an endpoint that was deleted. A " +
    "page with much data may have fewer attempts than `limit`; `nextCursor` tells whether there are more.",
  params: z.object({ id: idIn("endpoint") }),
  query: AttemptListQuery,
  answer: { status: 200, description: "A page of attempts.", schema: AttemptPageOut },
});

export const getAttemptOperation = operation({
  id: "getAttempt",
  method: "get",
  path: "/attempts/{id}",
  scope: "deliveries:read",
  tag: "Deliveries",
  summary: "Read an attempt",
  description: "One request, byte for byte as it was sent, and what was answered.",
  params: AttemptParams,
  answer: { status: 200, description: "The attempt.", schema: AttemptOut },
});

export const attemptOperations: Operation[] = [listEndpointAttemptsOperation, getAttemptOperation];
