import "server-only";
import type { Registry } from "prom-client";
import { laneNames } from "@/lib/domain/delivery-settlement";
import { timeOfUuidV7 } from "@/lib/domain/ids";
import { ledgerLagMs } from "@/lib/server/delivery/ledger";
import type { Deps } from "@/lib/server/deps";
import { instanceReadings } from "./instance-readings";
import { registerMetric, type Sample } from "./registered-metric";

type Gauge = readonly [name: string, help: string, read: () => Promise<Sample[]>];

/**
 * What the database says about the whole instance: every process answers the same, so take the maximum over them. A
 * gauge has no sample while the database does not answer.
 */
export function registerInstanceMetrics(registry: Registry, deps: Deps): void {
  for (const [name, help, read] of [...queueGauges(deps), ...countGauges(deps), ...ledgerGauges(deps)]) {
    registerMetric(registry, { name, help, type: "gauge", read: () => read().catch(() => []) });
  }
  registerMetric(registry, {
    name: "posthorn_database_up",
    help: "1 while the database answers this process",
    type: "gauge",
    read: async () => {
      const answers = await instanceReadings(deps)
        .counts()
        .then(
          () => 1,
          () => 0,
        );
      return [{ value: answers }];
    },
  });
}

function queueGauges(deps: Deps): Gauge[] {
  const read = () => instanceReadings(deps).queue();
  return [
    [
      "posthorn_queue_deliveries",
      "Pending deliveries by lane: waiting for their time, due, or leased by a worker",
      async () => {
        const { lanes } = await read();
        return laneNames.flatMap((name, lane) => {
          const { waiting = 0, due = 0, leased = 0 } = lanes.find((depth) => depth.lane === lane) ?? {};
          return Object.entries({ waiting, due, leased }).map(([phase, value]) => ({
            value,
            labels: { lane: name, phase },
          }));
        });
      },
    ],
    [
      "posthorn_queue_oldest_due_age_seconds",
      "How long the delivery that has waited longest for a worker is due, by lane; 0 when none is",
      async () => {
        const { lanes, now } = await read();
        return laneNames.map((name, lane) => {
          const oldest = lanes.find((depth) => depth.lane === lane)?.oldestDueAt;
          return {
            value: oldest ? (now.getTime() - oldest.getTime()) / 1000 : 0,
            labels: { lane: name },
          };
        });
      },
    ],
    [
      "posthorn_held_deliveries",
      "Deliveries that wait for their endpoint's validation",
      async () => [{ value: (await read()).held.count }],
    ],
    [
      "posthorn_overdue_deliveries",
      "Deliveries due for more than five minutes that no worker has",
      async () => [{ value: (await read()).lanes.reduce((sum, { overdue }) => sum + overdue, 0) }],
    ],
    [
      "posthorn_stuck_deliveries",
      "Deliveries that do not go on by themselves, by what is wrong",
      async () => Object.entries((await read()).stuck).map(([kind, value]) => ({ value, labels: { kind } })),
    ],
  ];
}

function countGauges(deps: Deps): Gauge[] {
  const read = () => instanceReadings(deps).counts();
  return [
    [
      "posthorn_endpoints",
      "Endpoints by state and status",
      async () =>
        (await read()).endpoints.map(({ count, state, status }) => ({
          value: count,
          labels: { state, status },
        })),
    ],
    [
      "posthorn_mails",
      "Mails about endpoints in the outbox by state",
      async () => (await read()).mails.map(({ count, state }) => ({ value: count, labels: { state } })),
    ],
    [
      "posthorn_workers",
      "Workers that are registered with the database",
      async () => [{ value: (await read()).workers.length }],
    ],
  ];
}

function ledgerGauges(deps: Deps): Gauge[] {
  const read = () => instanceReadings(deps).ledger();
  const sum = async (name: "events" | "promised" | "existing" | "replayPromised" | "replayExisting") =>
    (await read()).reduce((total, { counts }) => total + counts[name], 0);
  return [
    [
      "posthorn_ledger_imbalance",
      "Events and replays of the retention that have more or fewer deliveries than they were given; 0 is right",
      async () => [
        {
          value: (await read()).reduce(
            (total, { counts }) => total + counts.unbalancedEvents + counts.unbalancedReplays,
            0,
          ),
        },
      ],
    ],
    [
      "posthorn_ledger_events",
      "Events of the retention that the ledger has counted",
      async () => [{ value: await sum("events") }],
    ],
    [
      "posthorn_ledger_deliveries",
      "Deliveries of those events: promised at fan-out, and existing",
      async () => [
        { value: await sum("promised"), labels: { source: "event", side: "promised" } },
        { value: await sum("existing"), labels: { source: "event", side: "existing" } },
        { value: await sum("replayPromised"), labels: { source: "replay", side: "promised" } },
        { value: await sum("replayExisting"), labels: { source: "replay", side: "existing" } },
      ],
    ],
    [
      "posthorn_ledger_lag_seconds",
      `How far behind now the ledger has counted; ${ledgerLagMs / 1000} is its aim`,
      async () => {
        const newest = (await read()).at(-1);
        if (!newest) return [];
        return [{ value: (deps.clock().getTime() - timeOfUuidV7(newest.countedUntil).getTime()) / 1000 }];
      },
    ],
  ];
}
