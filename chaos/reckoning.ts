import { encodeId, uuidV7Floor } from "@/lib/domain/ids";
import { countRange } from "@/lib/server/db/ledger";
import { poolSql } from "@/lib/server/db/sql";
import { withClient } from "../scripts/postgres/connection.ts";
import { waitUntil } from "../scripts/processes.mjs";
import {
  checkPublication,
  checkRefusals,
  checkStored,
  eventOf,
  groupStored,
  keysOf,
  reachedAll,
  some,
  type StoredEvent,
  type StoredEvents,
} from "./checks.ts";
import type { Load } from "./load.ts";
import { query, type ChaosDatabase } from "./world/database.ts";
import type { ChaosReceiver } from "./world/receiver.ts";
import { eventType, type World } from "./world/world.ts";

/** What came of a load: `problems` is empty when nothing was lost, half written or repeated without a reason. */
export interface Reckoning {
  accepted: number;
  delivered: number;
  /** Arrivals beyond the first of a delivery. */
  repeated: number;
  problems: string[];
}

/** Two readings of the database by a process, at their own pace, and some patience. */
const metricsMsMax = 15_000;

/** Waits until nothing is left to deliver, and holds the receiver and the ledger against what was accepted. */
export async function reckon(
  world: World,
  load: Load,
  mayRepeat: ReadonlySet<string>,
  drainMsMax: number,
): Promise<Reckoning> {
  const problems: string[] = [
    ...[...new Set(load.faults)].map((fault) => `an answer that is none: ${fault}`),
  ];
  const drained = await waitUntil(() => isDrained(world.database), drainMsMax, 200);
  if (!drained) problems.push(`the queue was not empty after ${drainMsMax / 1000} s`);
  await world.receiver.sync();
  const stored = await readStored(world.database, load.run);
  problems.push(...load.publications.flatMap((publication) => checkPublication(publication, stored)));
  problems.push(...checkStored(stored, world.receiver));
  problems.push(...checkRefusals(load));
  problems.push(...(await checkArrivals(world, load.startedAtMs)));
  problems.push(...(await checkLedger(world.database, load.startedAtMs)));
  if (drained) problems.push(...(await checkMetrics(world)));
  const repeats = [...world.receiver.arrivals].filter(
    ([key, times]) => times.length > 1 && stored.byId.has(eventOf(key)),
  );
  const unexplained = repeats.filter(([key]) => !mayRepeat.has(key)).map(([key]) => key);
  if (unexplained.length > 0) problems.push(`repeated without a reason: ${some(unexplained)}`);
  const acceptedIds = load.publications.flatMap(({ eventIds }) => eventIds);
  return {
    accepted: acceptedIds.length,
    delivered: acceptedIds.filter((id) => reachedAll(world.receiver, id)).length,
    repeated: repeats.reduce((sum, [, times]) => sum + times.length - 1, 0),
    problems,
  };
}

/** Deliveries that arrived at the receiver and are not recorded: those that may be made once more. */
export async function arrivedUnrecorded({ database, receiver }: World): Promise<Set<string>> {
  const open = await query<{ event_id: string }>(
    database,
    "SELECT DISTINCT event_id FROM delivery WHERE state = 'pending' AND event_type = $1",
    [eventType],
  );
  await receiver.sync();
  const keys = open.flatMap((row) => keysOf(encodeId("evt", row.event_id)));
  return new Set(keys.filter((key) => receiver.arrivals.has(key)));
}

/** Deliveries that arrived in a time: for a fault that keeps everybody from recording. */
export async function arrivedBetween(
  receiver: ChaosReceiver,
  fromMs: number,
  untilMs: number,
): Promise<Set<string>> {
  await receiver.sync();
  const found = [...receiver.arrivals].filter(([, times]) =>
    times.some((at) => at >= fromMs && at <= untilMs),
  );
  return new Set(found.map(([key]) => key));
}

export async function isDrained(database: ChaosDatabase): Promise<boolean> {
  const rows = await query(database, "SELECT 1 FROM delivery WHERE state IN ('pending', 'held') LIMIT 1");
  return rows.length === 0;
}

async function readStored(database: ChaosDatabase, run: string): Promise<StoredEvents> {
  const rows = await query<StoredEvent>(
    database,
    `WITH mine AS (
       SELECT id, delivery_count, data::json AS data FROM event WHERE event_type = $1 AND data LIKE $2
     ),
     logged AS (SELECT DISTINCT delivery_id FROM attempt WHERE event_type = $1 AND succeeded)
     SELECT mine.id, data->>'ref' AS ref, (data->>'place')::integer AS place, mine.delivery_count AS promised,
       count(delivery.id)::integer AS existing,
       count(*) FILTER (WHERE delivery.state = 'succeeded')::integer AS succeeded,
       count(logged.delivery_id)::integer AS logged
     FROM mine LEFT JOIN delivery ON delivery.event_id = mine.id
       LEFT JOIN logged ON logged.delivery_id = delivery.id
     GROUP BY mine.id, mine.delivery_count, data->>'ref', data->>'place'`,
    [eventType, `%"run":"${run}"%`],
  );
  return groupStored(new Map(rows.map((row) => [encodeId("evt", row.id), row])));
}

/** Nothing was sent of which the database knows nothing: what a commit promised was there before it was sent. */
async function checkArrivals({ database, receiver }: World, sinceMs: number): Promise<string[]> {
  const rows = await query<{ id: string }>(database, "SELECT id FROM event");
  const known = new Set(rows.map(({ id }) => encodeId("evt", id)));
  const unknown = [...receiver.arrivals]
    .filter(([key, [firstAtMs = 0]]) => firstAtMs >= sinceMs && !known.has(eventOf(key)))
    .map(([key]) => key);
  return unknown.length > 0 ? [`${unknown.length} arrived and are not stored: ${some(unknown)}`] : [];
}

/** The ledger's own count of everything since the load began: each event has the deliveries it was given. */
async function checkLedger(database: ChaosDatabase, sinceMs: number): Promise<string[]> {
  // A clock that was moved ahead gives identifiers of its own hour.
  const range = [new Date(sinceMs - 60_000), new Date(Date.now() + 2 * 3_600_000)] as const;
  const counts = await withClient(await database.url(), (client) =>
    countRange(poolSql(client), uuidV7Floor(range[0]), uuidV7Floor(range[1])),
  );
  const { promised, existing, unbalancedEvents, succeeded, exhausted, discarded, canceled, open } = counts;
  const problems = [];
  if (promised !== existing || unbalancedEvents > 0)
    problems.push(`the ledger has ${existing} deliveries where ${promised} were promised`);
  if (succeeded !== existing)
    problems.push(
      `the ledger has deliveries that ended otherwise: ${JSON.stringify({ exhausted, discarded, canceled, open })}`,
    );
  return problems;
}

/** What an operator would be woken by, on every process: nothing. Readings are a few seconds old at most. */
async function checkMetrics({ instances }: World): Promise<string[]> {
  const alarming =
    /^posthorn_(?:ledger_imbalance|stuck_deliveries|overdue_deliveries|queue_deliveries)\b.* (\S+)$/gm;
  const readAlarms = async (url: string) => {
    const text = await fetch(`${url}/metrics`).then((response) => response.text());
    return [...text.matchAll(alarming)].filter(([, value]) => Number(value) !== 0).map(([line]) => line);
  };
  let alarms: string[] = [];
  await waitUntil(
    async () => {
      alarms = (await Promise.all(instances.map(({ url }) => readAlarms(url)))).flat();
      return alarms.length === 0;
    },
    metricsMsMax,
    250,
  );
  return alarms.length > 0 ? [`metrics still tell of trouble: ${some(alarms)}`] : [];
}
