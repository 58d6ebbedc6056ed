import "server-only";
import { randomBytes, randomFillSync } from "node:crypto";
import { activate, createdLifecycle, disableManually } from "@/lib/domain/endpoint-lifecycle";
import { encodeId, uuidV7 } from "@/lib/domain/ids";
import { newSecret, secretKey } from "@/lib/domain/signature";
import type { DemoOwner } from "@/lib/server/db/demo";
import { demoCast, demoUrl, type DemoEndpoint } from "./cast";
import { chance, type Chance } from "./chance";
import type { SimulationOptions } from "./simulated-queue";
import { Simulation } from "./simulation";
import type { SimulatedEndpoint, SimulatedWeek } from "./simulated-week";
import { eventMoments, nextEvent, type DemoEvent } from "./traffic";

const hourMs = 3_600_000;

export const newId = (at: Date): string => uuidV7(at, randomFillSync(new Uint8Array(10)));

export interface WeekOptions {
  now: Date;
  settings: SimulationOptions["settings"];
  receiverPort: number;
}

/** Something that people did in the dashboard, and that was published. */
export interface PlannedEvent extends DemoEvent {
  at: Date;
}

/**
 * Plays the week of the whole cast, with what is planned beside the traffic. The same moment gives the same shapes; only
 * identifiers and secrets differ.
 */
export function simulateWeek(
  { now, settings, receiverPort }: WeekOptions,
  owner: DemoOwner,
  since: Date,
  planned: readonly PlannedEvent[],
): SimulatedWeek {
  const dice = chance(1869);
  const simulation = new Simulation({
    organizationId: owner.organizationId,
    now,
    chance: dice,
    settings,
    newId,
  });
  for (const [index, cast] of demoCast.entries()) {
    addEndpoint(
      simulation,
      cast,
      demoUrl(cast, receiverPort),
      new Date(since.getTime() + index * 40_000),
      now,
      owner,
    );
  }
  planTraffic(simulation, dice, new Date(since.getTime() + hourMs / 2), now);
  for (const { at, ...event } of planned) {
    simulation.timeline.plan(at, (then) => simulation.publish(then, event));
  }
  return simulation.run();
}

function addEndpoint(
  simulation: Simulation,
  cast: DemoEndpoint,
  url: string,
  createdAt: Date,
  now: Date,
  owner: DemoOwner,
) {
  const secret = newSecret(randomBytes(32));
  const endpoint: SimulatedEndpoint = {
    id: newId(createdAt),
    url,
    secret,
    key: secretKey(secret),
    cast,
    createdAt,
    lifecycle: createdLifecycle(createdAt),
    requestCount: 0,
    open: new Set(),
  };
  simulation.week.endpoints.push(endpoint);
  const actor = { actor: encodeId("usr", owner.userId), actorLabel: owner.email };
  const change = { kind: "state", from: null, to: "disabled", reason: "created", detail: null } as const;
  const { organizationId } = owner;
  simulation.week.transitions.push({
    ...{ id: newId(createdAt), organizationId, endpointId: endpoint.id, ...change, ...actor, at: createdAt },
  });
  const plan = (hoursAgo: number | null | undefined, decide: (at: Date) => ReturnType<typeof activate>) => {
    if (hoursAgo == null) return;
    const at = new Date(Math.max(createdAt.getTime() + 20_000, now.getTime() - hoursAgo * hourMs));
    simulation.timeline.plan(at, (then) => simulation.apply(then, endpoint, decide(then), actor));
  };
  plan(cast.activatedHoursAgo, (at) => activate(endpoint.lifecycle, simulation.validation, at));
  plan(cast.disabledHoursAgo, (at) => disableManually(endpoint.lifecycle, at));
}

function planTraffic(simulation: Simulation, dice: Chance, since: Date, now: Date): void {
  for (const at of eventMoments(dice, since, now)) {
    const event = nextEvent(dice, at);
    simulation.timeline.plan(at, (then) => simulation.publish(then, event));
  }
}
