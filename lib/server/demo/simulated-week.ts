import "server-only";
import type { KeyObject } from "node:crypto";
import type { DeliveryState } from "@/lib/domain/delivery-settlement";
import type { Purpose } from "@/lib/domain/endpoint-health";
import type { Lifecycle } from "@/lib/domain/endpoint-lifecycle";
import type { NewEvent } from "@/lib/server/db/events";
import type { TransitionRow } from "@/lib/server/db/lifecycles";
import type { AttemptRecord, StatIncrement } from "@/lib/server/db/record-attempts";
import type { DemoEndpoint } from "./cast";

/** An endpoint of the cast while its week is simulated. */
export interface SimulatedEndpoint {
  id: string;
  url: string;
  secret: string;
  key: KeyObject;
  cast: DemoEndpoint;
  createdAt: Date;
  lifecycle: Lifecycle;
  /** Requests it has had. */
  requestCount: number;
  /** Deliveries that may still lead to an attempt. */
  open: Set<SimulatedDelivery>;
}

export interface SimulatedDelivery {
  id: string;
  endpoint: SimulatedEndpoint;
  event: NewEvent;
  purpose: Purpose;
  state: DeliveryState;
  lane: number;
  /** The number of attempts made. */
  deliveryAttempt: number;
  scheduleBase: number;
  dueAt: Date;
  requestedBy: string | null;
  finishedAt: Date | null;
  isInFlight: boolean;
}

/** Everything that a week leaves in the database, in the rows of the engine's own statements. */
export interface SimulatedWeek {
  endpoints: SimulatedEndpoint[];
  events: NewEvent[];
  deliveries: SimulatedDelivery[];
  attempts: AttemptRecord[];
  statistics: StatIncrement[];
  transitions: TransitionRow[];
}
