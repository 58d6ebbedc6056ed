import type { Operation } from "../operation";
import { attemptOperations } from "./attempts";
import { deliveryOperations } from "./deliveries";
import { endpointOperations } from "./endpoints";
import { eventTypeOperations } from "./event-types";
import { eventOperations } from "./events";
import { metaOperations } from "./meta";
import { replayOperations } from "./replays";
import { statsOperations } from "./stats";

/** Every request of the REST API, in the order the reference shows them. */
export const allOperations: readonly Operation[] = [
  ...eventOperations,
  ...endpointOperations,
  ...attemptOperations,
  ...deliveryOperations,
  ...replayOperations,
  ...eventTypeOperations,
  ...statsOperations,
  ...metaOperations,
];
