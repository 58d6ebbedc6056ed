import { ensurePartitions } from "@/lib/server/db/partitions";
import { deliverAll } from "./deliver";
import { median } from "./measure";
import { createWorld, type World } from "./world";

export interface FlatFigures {
  /** Milliseconds of claiming and recording per 1,000 deliveries, without a history and with one. */
  emptyMs: number;
  fullMs: number;
}

const dayMs = 86_400_000;
const days = 7;
const endpointCount = 100;
const chunkSize = 50_000;

/** A UUIDv7 of the millisecond `ms`, told from others of it by `salt`. */
const idAt = (ms: string, salt: string) =>
  `(lpad(to_hex(${ms}), 12, '0') || '7' || substr(md5(${salt}), 1, 3) || '8' || substr(md5(${salt}), 4, 15))::uuid`;

/** Events with ten deliveries each, and an attempt of each, spread evenly over the days from $1 to $2. */
const fillStatement = `
  WITH made AS (
    SELECT number, ($1::bigint + (number::float8 / $5) * ($2::bigint - $1::bigint))::bigint AS ms,
      ($6::uuid[])[1 + number % cardinality($6::uuid[])] AS endpoint_id, number / 10 AS event_number
    FROM generate_series($3::integer, $4::integer) AS number
  ),
  named AS (
    SELECT *, ${idAt("ms", "'d' || number")} AS delivery_id, ${idAt("ms", "'e' || event_number")} AS event_id FROM made
  ),
  event_row AS (
    INSERT INTO event (id, organization_id, event_type, event_timestamp, data, delivery_count)
    SELECT event_id, $7::uuid, 'order.placed', to_timestamp(ms / 1000.0), '{"text": "from the past"}', 10
    FROM named WHERE number % 10 = 0
  ),
  delivery_row AS (
    INSERT INTO delivery (id, organization_id, endpoint_id, event_id, event_type, purpose, state, lane, delivery_attempt,
      due_at, finished_at)
    SELECT delivery_id, $7::uuid, endpoint_id, event_id, 'order.placed', 'event',
      CASE WHEN number % $8 = 0 THEN 'pending' ELSE 'succeeded' END::delivery_state,
      CASE WHEN number % $8 = 0 THEN 1 ELSE 0 END, 1,
      CASE WHEN number % $8 = 0 THEN now() + interval '1 hour' + number * interval '1 millisecond'
        ELSE to_timestamp(ms / 1000.0) END,
      CASE WHEN number % $8 = 0 THEN NULL ELSE to_timestamp(ms / 1000.0) END
    FROM named
  )
  INSERT INTO attempt (id, organization_id, endpoint_id, delivery_id, event_id, event_type, event_timestamp, purpose,
    delivery_attempt, delivery_timestamp, succeeded, status_code, duration_ms, timings, method, url, request_headers,
    response_headers, response_body)
  SELECT ${idAt("ms", "'a' || number")}, $7::uuid, endpoint_id, delivery_id, event_id, 'order.placed',
    to_timestamp(ms / 1000.0), 'event', 0, to_timestamp(ms / 1000.0), number % $8 <> 0,
    CASE WHEN number % $8 = 0 THEN 500 ELSE 200 END, 12, '{NULL,NULL,NULL,11,1}', 'POST',
    'http://127.0.0.1/webhooks', '["content-type","application/json"]', '["content-length","2"]', 'ok'
  FROM named`;

const firstDay = (now: Date) => new Date(Math.floor(now.getTime() / dayMs) * dayMs - (days - 1) * dayMs);

/** The days that every database has after its first week, however little has happened on them. */
async function addDays({ deps }: World): Promise<void> {
  await ensurePartitions(deps.sql, new Date(firstDay(deps.clock()).getTime() + dayMs), days);
}

/** A week of attempts, of which one in `retryShare` waits for a retry in the hours to come. */
async function fill(world: World, attempts: number, retryShare: number): Promise<void> {
  const { deps, organizationId } = world;
  const now = deps.clock();
  const since = firstDay(now);
  const endpointIds = await world.addEndpoints(endpointCount, "/history");
  for (let from = 0; from < attempts; from += chunkSize) {
    const to = Math.min(attempts, from + chunkSize) - 1;
    const range = [since.getTime(), now.getTime(), from, to, attempts];
    await deps.sql(fillStatement, [...range, endpointIds, organizationId, retryShare]);
  }
  await world.muteEndpoints();
  await deps.sql("VACUUM ANALYZE");
  await deps.sql("CHECKPOINT");
}

/**
 * What claiming and recording cost without a history and with `attempts` attempts and a tenth as many waiting retries in
 * the tables: two databases, so that the rounds can be in turn.
 */
export async function historyRounds(
  empty: World,
  count: number,
  rounds: number,
  attempts: number,
): Promise<FlatFigures> {
  const full = await createWorld();
  try {
    await addDays(empty);
    await addDays(full);
    await fill(full, attempts, 10);
    const figures = { empty: [] as number[], full: [] as number[] };
    // The first round of each is not counted: what was just filled is not in memory yet.
    for (let round = 0; round <= rounds; round += 1) {
      const emptyMs = await databaseMs(empty, count, round);
      const fullMs = await databaseMs(full, count, round);
      if (round === 0) continue;
      figures.empty.push(emptyMs);
      figures.full.push(fullMs);
    }
    await empty.clear();
    return { emptyMs: median(figures.empty), fullMs: median(figures.full) };
  } finally {
    await full.close();
  }
}

async function databaseMs(world: World, count: number, round: number): Promise<number> {
  await world.muteEndpoints();
  await world.receiver.reset();
  await world.addEndpoints(endpointCount, `/history-${round}`);
  let spentMs = 0;
  const { observe } = world.deps;
  world.deps.observe = {
    claimed: (durationMs) => void (spentMs += durationMs),
    recorded: (durationMs) => void (spentMs += durationMs),
    attempted: () => undefined,
    leasesLost: () => undefined,
  };
  await deliverAll(world, count, endpointCount);
  world.deps.observe = observe;
  return (spentMs / count) * 1000;
}
