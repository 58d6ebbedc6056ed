import "server-only";
import { lanes, settleDelivery } from "@/lib/domain/delivery-settlement";
import { durationBucket } from "@/lib/domain/duration-histogram";
import {
  expireValidation,
  nextValidationAt,
  passValidation,
  type Effect,
  type Step,
} from "@/lib/domain/endpoint-lifecycle";
import { matchesEventType } from "@/lib/domain/event-matching";
import { resolvePolicy } from "@/lib/domain/failure-policy";
import { foldOutcome } from "@/lib/domain/fold-outcome";
import { encodeId } from "@/lib/domain/ids";
import type { AttemptRecord, StatIncrement } from "@/lib/server/db/record-attempts";
import { systemActor, type Actor, type EngineSettings } from "@/lib/server/delivery/engine";
import { operationalData } from "@/lib/server/delivery/operational-data";
import type { DemoAnswerName } from "./answers";
import type { Chance } from "./chance";
import { simulateAttempt, simulatedDurationMs } from "./simulated-attempt";
import type { SimulatedDelivery, SimulatedEndpoint, SimulatedWeek } from "./simulated-week";
import { Timeline } from "./timeline";
import type { DemoEvent } from "./traffic";

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

const hourMs = 3_600_000;

/**
 * Plays the engine over simulated time: the rules of lib/domain decide, as they do for real deliveries, and what they
 * decide is kept in memory. So states, reasons, retries and statistics fit together because nobody wrote them down.
 */
export class Simulation {
  readonly timeline = new Timeline();
  readonly week: SimulatedWeek = {
    endpoints: [],
    events: [],
    deliveries: [],
    attempts: [],
    statistics: [],
    transitions: [],
  };
  readonly #options: SimulationOptions;
  readonly #statistics = new Map<string, StatIncrement>();

  constructor(options: SimulationOptions) {
    this.#options = options;
  }

  get validation(): SimulationOptions["settings"]["validation"] {
    return this.#options.settings.validation;
  }

  /** Lets the planned things happen until now. */
  run(): SimulatedWeek {
    this.timeline.run(this.#options.now);
    this.week.statistics.push(...this.#statistics.values());
    return this.week;
  }

  /** Stores an event with a delivery for each endpoint that wants it, as `fanOut` does. */
  publish(at: Date, { eventType, data }: DemoEvent, exceptId?: string): void {
    const wanted = this.week.endpoints.filter(
      ({ id, createdAt, lifecycle, cast }) =>
        id !== exceptId &&
        createdAt <= at &&
        lifecycle.state !== "disabled" &&
        matchesEventType(cast.eventTypes, eventType),
    );
    const event = this.#addEvent(at, eventType, data, wanted.length);
    for (const endpoint of wanted) {
      this.#addDelivery(at, endpoint, event, {
        purpose: "event",
        isHeld: endpoint.lifecycle.state !== "active",
      });
    }
  }

  /** Stores what a rule or a person decided about an endpoint and carries it out, as `applyEffects` does. */
  apply(at: Date, endpoint: SimulatedEndpoint, step: Step, actor: Actor): void {
    const before = endpoint.lifecycle;
    endpoint.lifecycle = step.lifecycle;
    for (const effect of step.effects) {
      switch (effect.type) {
        case "transition":
          this.#addTransition(at, endpoint, effect, actor);
          break;
        case "start-validation": {
          const data = { webhookEndpoint: endpoint.url, username: actor.actorLabel };
          const event = this.#addEvent(at, "developer.webhook.test", data, 1);
          this.#addDelivery(at, endpoint, event, { purpose: "validation", requestedBy: actor.actor });
          break;
        }
        case "end-validation":
          this.#endOpen(at, endpoint, "canceled", ({ purpose }) => purpose === "validation");
          break;
        case "release-held":
          for (const delivery of endpoint.open)
            if (delivery.state === "held") this.#makeDue(delivery, "pending", at);
          break;
        case "discard-open":
          this.#endOpen(
            at,
            endpoint,
            "discarded",
            ({ purpose, isInFlight }) => purpose === "event" && !isInFlight,
          );
          break;
        case "emit": {
          const about = { id: endpoint.id, url: endpoint.url, lifecycle: before };
          const told: unknown = JSON.parse(
            JSON.stringify(operationalData(about, step.lifecycle, effect.eventType, at)),
          );
          this.publish(
            at,
            { eventType: effect.eventType, data: told as Record<string, unknown> },
            endpoint.id,
          );
          break;
        }
        // Nobody's URL changes in the demo, and its mails would only be about the past.
        case "hold-pending":
        case "notify":
          break;
      }
    }
  }

  #addEvent(at: Date, eventType: string, data: unknown, deliveryCount: number) {
    const event = {
      id: this.#options.newId(at),
      organizationId: this.#options.organizationId,
      eventType,
      eventTimestamp: at,
      dataText: JSON.stringify(data),
      deliveryCount,
      idempotencyKey: null,
      bodyHash: null,
    };
    this.week.events.push(event);
    return event;
  }

  #addDelivery(
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
    this.week.deliveries.push(delivery);
    endpoint.open.add(delivery);
    if (!how.isHeld) this.#makeDue(delivery, "pending", at);
  }

  #makeDue(delivery: SimulatedDelivery, state: "pending" | "held", dueAt: Date): void {
    delivery.state = state;
    delivery.dueAt = dueAt;
    if (state === "held") return;
    const wakeMs = this.#options.chance.between(1, 4);
    this.timeline.plan(new Date(dueAt.getTime() + wakeMs), (at) => this.#attempt(at, delivery));
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
    this.timeline.plan(finishedAt, () => this.#finish(delivery, answer, at, finishedAt, durationMs));
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
    this.week.attempts.push(attempt);
    this.#count(attempt);
    this.apply(at, endpoint, this.#stepOf(endpoint, attempt, at), systemActor);
    delivery.isInFlight = false;
    // The step may have ended the delivery: a validation that passed was the last one.
    if (delivery.state === "pending") this.#settle(delivery, attempt, at);
  }

  #stepOf({ lifecycle, cast }: SimulatedEndpoint, attempt: AttemptRecord, at: Date): Step {
    const {
      purpose,
      succeeded,
      statusCode,
      fault,
      deliveryTimestamp: startedAt,
      errorMessage: failure,
    } = attempt;
    if (purpose === "validation")
      return succeeded ? passValidation(lifecycle, at) : expireValidation(lifecycle, at);
    const policy = resolvePolicy(cast.failurePolicy ?? { preset: "chronic" }, this.#options.settings.chronic);
    const outcome = { purpose, succeeded, statusCode, fault, startedAt, finishedAt: at, failure };
    return foldOutcome(lifecycle, { policy, onGone: "retry" }, outcome);
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
    if (settlement.state === "exhausted") this.#announceExhausted(delivery, attempt, now);
  }

  #end(delivery: SimulatedDelivery, state: SimulatedDelivery["state"], at: Date): void {
    delivery.state = state;
    delivery.finishedAt = at;
    delivery.endpoint.open.delete(delivery);
  }

  #endOpen(
    at: Date,
    endpoint: SimulatedEndpoint,
    state: "canceled" | "discarded",
    isMeant: (delivery: SimulatedDelivery) => boolean,
  ): void {
    for (const delivery of endpoint.open) if (isMeant(delivery)) this.#end(delivery, state, at);
  }

  #announceExhausted(
    { id, endpoint, event, purpose, deliveryAttempt }: SimulatedDelivery,
    attempt: AttemptRecord,
    at: Date,
  ) {
    if (purpose !== "event" || event.eventType.startsWith("webhook.")) return;
    const data = {
      endpointId: encodeId("ep", endpoint.id),
      deliveryId: encodeId("dlv", id),
      eventId: encodeId("evt", event.id),
      eventType: event.eventType,
      attempts: deliveryAttempt,
      lastStatusCode: attempt.statusCode,
      lastErrorCode: attempt.errorCode,
    };
    this.publish(at, { eventType: "webhook.delivery_exhausted", data }, endpoint.id);
  }

  #addTransition(
    at: Date,
    { id: endpointId }: SimulatedEndpoint,
    { kind, from, to, reason, detail }: Extract<Effect, { type: "transition" }>,
    actor: Actor,
  ): void {
    const { newId, organizationId } = this.#options;
    this.week.transitions.push({
      id: newId(at),
      organizationId,
      endpointId,
      kind,
      from,
      to,
      reason,
      detail,
      ...actor,
      at,
    });
  }

  /** As the engine counts: attempts of events per hour and bucket of duration. */
  #count({
    purpose,
    organizationId,
    endpointId,
    deliveryTimestamp,
    succeeded,
    durationMs,
  }: AttemptRecord): void {
    if (purpose !== "event") return;
    const hour = new Date(Math.floor(deliveryTimestamp.getTime() / hourMs) * hourMs);
    const bucket = durationBucket(durationMs);
    const key = `${endpointId} ${hour.getTime()} ${succeeded} ${bucket}`;
    const increment = this.#statistics.get(key);
    if (increment) increment.attempts += 1;
    else this.#statistics.set(key, { organizationId, hour, endpointId, succeeded, bucket, attempts: 1 });
  }
}
