import "server-only";
import { lanes, settleDelivery } from "@/lib/domain/delivery-settlement";
import { nextValidationAt } from "@/lib/domain/endpoint-lifecycle";
import type { AttemptRecord } from "@/lib/server/db/record-attempts";
import type { EngineSettings } from "@/lib/server/delivery/engine";
import type { DemoAnswerName } from "./answers";
import type { Chance } from "./chance";
import { simulateAttempt, simulatedDurationMs } from "./simulated-attempt";
import type { SimulatedDelivery, SimulatedEndpoint } from "./simulated-week";
import type { Timeline } from "./timeline";

export interface SimulationOptions {
  organizationId: string;
  /** The end of the week. */
  now: Date;
  chance: Chance;
  settings: Pick<
    EngineSettings,
    "version" | "retryScheduleMs" | "requestTimeoutMs" | "validation" | "chronic"
  >;
  /** A UUIDv7 of that moment. */
  newId(at: Date): string;
}

interface Followers {
  /** An attempt has ended: what the rules make of it for its endpoint happens now. */
  attempted(endpoint: SimulatedEndpoint, attempt: AttemptRecord, at: Date): void;
  exhausted(delivery: SimulatedDelivery, attempt: AttemptRecord, at: Date): void;
}

const hourMs = 3_600_000;

/** Plays the deliveries: each is attempted when it is due, and settled by the rules. */
export class SimulatedQueue {
  readonly deliveries: SimulatedDelivery[] = [];
  readonly #options: SimulationOptions;
  readonly #timeline: Timeline;
  readonly #followers: Followers;

  constructor(options: SimulationOptions, timeline: Timeline, followers: Followers) {
    this.#options = options;
    this.#timeline = timeline;
    this.#followers = followers;
  }

  add(
    at: Date,
    endpoint: SimulatedEndpoint,
    event: SimulatedDelivery["event"],
    how: { purpose: SimulatedDelivery["purpose"]; isHeld?: boolean; requestedBy?: string },
  ): void {
    const delivery: SimulatedDelivery = {
      id: this.#options.newId(at),
      endpoint,
      event,
      purpose: how.purpose,
      state: how.isHeld ? "held" : "pending",
      lane: lanes.live,
      deliveryAttempt: 0,
      scheduleBase: 0,
      dueAt: at,
      requestedBy: how.requestedBy ?? null,
      finishedAt: null,
      isInFlight: false,
    };
    this.deliveries.push(delivery);
    endpoint.open.add(delivery);
    if (!how.isHeld) this.#makeDue(delivery, "pending", at);
  }

  /** What was held is due. */
  release(at: Date, endpoint: SimulatedEndpoint): void {
    for (const delivery of endpoint.open)
      if (delivery.state === "held") this.#makeDue(delivery, "pending", at);
  }

  /** Ends those of the endpoint's open deliveries that are meant. */
  endOpen(
    at: Date,
    endpoint: SimulatedEndpoint,
    state: "canceled" | "discarded",
    isMeant: (delivery: SimulatedDelivery) => boolean,
  ): void {
    for (const delivery of endpoint.open) if (isMeant(delivery)) this.#end(delivery, state, at);
  }

  #makeDue(delivery: SimulatedDelivery, state: "pending" | "held", dueAt: Date): void {
    delivery.state = state;
    delivery.dueAt = dueAt;
    if (state === "held") return;
    const wakeMs = this.#options.chance.between(1, 4);
    this.#timeline.plan(new Date(dueAt.getTime() + wakeMs), (at) => this.#attempt(at, delivery));
  }

  #attempt(at: Date, delivery: SimulatedDelivery): void {
    if (delivery.state !== "pending" || delivery.isInFlight) return;
    const { chance, now, settings } = this.#options;
    const { endpoint } = delivery;
    const hoursAgo = (now.getTime() - at.getTime()) / hourMs;
    const answer = endpoint.cast.answer(hoursAgo, endpoint.requestCount);
    const durationMs = simulatedDurationMs(chance, answer, endpoint.cast.usualMs, settings.requestTimeoutMs);
    const finishedAt = new Date(at.getTime() + durationMs);
    // It would end after the week: left to the real worker, which finds it due.
    if (finishedAt >= now) return;
    endpoint.requestCount += 1;
    delivery.isInFlight = true;
    this.#timeline.plan(finishedAt, () => this.#finish(delivery, answer, at, finishedAt, durationMs));
  }

  #finish(
    delivery: SimulatedDelivery,
    answer: DemoAnswerName,
    startedAt: Date,
    at: Date,
    durationMs: number,
  ): void {
    const { chance, organizationId, settings, newId } = this.#options;
    const { endpoint, event, purpose, deliveryAttempt } = delivery;
    const { id, url, key, cast } = endpoint;
    const attempt = simulateAttempt(
      chance,
      {
        attemptId: newId(startedAt),
        organizationId,
        endpoint: { id, url, key, successStatus: cast.successStatus ?? "200" },
        deliveryId: delivery.id,
        event,
        purpose,
        deliveryAttempt,
        startedAt,
        version: settings.version,
        timeoutMs: settings.requestTimeoutMs,
      },
      answer,
      durationMs,
    );
    this.#followers.attempted(endpoint, attempt, at);
    delivery.isInFlight = false;
    // The step may have ended the delivery: a validation that passed was the last one.
    if (delivery.state === "pending") this.#settle(delivery, attempt, at);
  }

  #settle(delivery: SimulatedDelivery, attempt: AttemptRecord, now: Date): void {
    const { settings, chance } = this.#options;
    const { endpoint, purpose, deliveryAttempt, scheduleBase, lane } = delivery;
    const settlement = settleDelivery({
      purpose,
      deliveryAttempt,
      scheduleBase,
      lane,
      succeeded: attempt.succeeded,
      fault: attempt.fault,
      statusCode: attempt.statusCode,
      retryAfter: attempt.statusCode === 503 ? "120" : null,
      endpointState: endpoint.lifecycle.state,
      nextValidationAt: nextValidationAt(endpoint.lifecycle, settings.validation, now),
      scheduleMs: settings.retryScheduleMs,
      now,
      random: chance.next(),
    });
    delivery.deliveryAttempt = deliveryAttempt + 1;
    delivery.lane = settlement.lane;
    delivery.scheduleBase = settlement.scheduleBase;
    if (
      settlement.nextAttemptAt !== null &&
      (settlement.state === "pending" || settlement.state === "held")
    ) {
      attempt.nextAttemptAt = settlement.state === "pending" ? settlement.nextAttemptAt : null;
      this.#makeDue(delivery, settlement.state, settlement.nextAttemptAt);
      return;
    }
    this.#end(delivery, settlement.state, now);
    if (settlement.state === "exhausted") this.#followers.exhausted(delivery, attempt, now);
  }

  #end(delivery: SimulatedDelivery, state: SimulatedDelivery["state"], at: Date): void {
    delivery.state = state;
    delivery.finishedAt = at;
    delivery.endpoint.open.delete(delivery);
  }
}
