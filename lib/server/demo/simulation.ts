import "server-only";
import { durationBucket } from "@/lib/domain/duration-histogram";
import { expireValidation, passValidation, type Effect, type Step } from "@/lib/domain/endpoint-lifecycle";
import { matchesEventType } from "@/lib/domain/event-matching";
import { resolvePolicy } from "@/lib/domain/failure-policy";
import { foldOutcome } from "@/lib/domain/fold-outcome";
import { encodeId } from "@/lib/domain/ids";
import type { AttemptRecord, StatIncrement } from "@/lib/server/db/record-attempts";
import { systemActor, type Actor } from "@/lib/server/delivery/engine";
import { operationalData } from "@/lib/server/delivery/operational-data";
import { SimulatedQueue, type SimulationOptions } from "./simulated-queue";
import type { SimulatedDelivery, SimulatedEndpoint, SimulatedWeek } from "./simulated-week";
import { Timeline } from "./timeline";
import type { DemoEvent } from "./traffic";

const hourMs = 3_600_000;

/**
 * Plays the engine over simulated time: the rules of lib/domain decide, as they do for real deliveries, and what they
 * decide is kept in memory. So states, reasons, retries and statistics fit together because nobody wrote them down.
 */
export class Simulation {
  readonly timeline = new Timeline();
  readonly #options: SimulationOptions;
  readonly #statistics = new Map<string, StatIncrement>();
  readonly #queue: SimulatedQueue;
  readonly week: SimulatedWeek;

  constructor(options: SimulationOptions) {
    this.#options = options;
    this.#queue = new SimulatedQueue(options, this.timeline, {
      attempted: (endpoint, attempt, at) => this.#fold(endpoint, attempt, at),
      exhausted: (delivery, attempt, at) => this.#announceExhausted(delivery, attempt, at),
    });
    const { deliveries } = this.#queue;
    this.week = { endpoints: [], events: [], deliveries, attempts: [], statistics: [], transitions: [] };
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
      this.#queue.add(at, endpoint, event, {
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
          this.#queue.add(at, endpoint, event, { purpose: "validation", requestedBy: actor.actor });
          break;
        }
        case "end-validation":
          this.#queue.endOpen(at, endpoint, "canceled", ({ purpose }) => purpose === "validation");
          break;
        case "release-held":
          this.#queue.release(at, endpoint);
          break;
        case "discard-open":
          this.#queue.endOpen(
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

  #fold(endpoint: SimulatedEndpoint, attempt: AttemptRecord, at: Date): void {
    this.week.attempts.push(attempt);
    this.#count(attempt);
    this.apply(at, endpoint, this.#stepOf(endpoint, attempt, at), systemActor);
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
