import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { query, type ChaosDatabase } from "../world/database.ts";
import { within, type Scenario } from "../scenario.ts";
import type { Load } from "../load.ts";
import type { World } from "../world/world.ts";
import { outage } from "./outage.ts";

/** How long the database has nothing to give: longer than a request waits for a connection (10 s). */
const shortageMs = 14_000;

/** Idle sessions take every connection there is, and the connections that Posthorn has are ended. */
export const connectionsUsedUp: Scenario = {
  name: "connections used up",
  on: ["external", "embedded"],
  run: (world, load) =>
    outage(world, load, async () => {
      const held = await takeAllConnections(world.database);
      const takenAtMs = Date.now();
      try {
        await delay(shortageMs);
        if (!load.refusals.some(({ atMs }) => atMs > takenAtMs)) throw new Error("nobody was refused");
      } finally {
        await Promise.all(held.map((client) => client.end()));
      }
    }),
};

/** Takes what is free, ends what Posthorn has, and takes that, too, until Posthorn has nothing. */
async function takeAllConnections(database: ChaosDatabase): Promise<Client[]> {
  const url = await database.url();
  const held: Client[] = [];
  const takeOne = async () => {
    const client = new Client({ connectionString: url, application_name: "hog" });
    client.on("error", () => undefined);
    try {
      await client.connect();
      held.push(client);
      return true;
    } catch {
      return false;
    }
  };
  const terminate = `SELECT count(pg_terminate_backend(pid))::integer AS count FROM pg_stat_activity
    WHERE datname = current_database() AND application_name LIKE 'posthorn%'`;
  for (let left = 1; left > 0;) {
    const taken = await Promise.all(Array.from({ length: 120 }, takeOne));
    if (held.length === 0) throw new Error("There was no connection to take");
    if (taken.includes(true)) continue;
    left = (await held[0]?.query<{ count: number }>(terminate))?.rows[0]?.count ?? 0;
  }
  return held;
}

/** A lock on the table of events: every connection of the pool ends up waiting for it, and the rest for a connection. */
export const poolExhausted: Scenario = {
  name: "connection pool exhausted",
  on: ["external", "embedded"],
  load: { clients: 40, everyMs: 400 },
  run: (world, load) =>
    outage(world, load, async () => {
      const locker = new Client({ connectionString: await world.database.url() });
      await locker.connect();
      const lockedAtMs = Date.now();
      try {
        await locker.query("BEGIN");
        await locker.query("LOCK TABLE event IN ACCESS EXCLUSIVE MODE");
        await delay(shortageMs);
        if (!load.refusals.some(({ atMs }) => atMs > lockedAtMs)) throw new Error("nobody was refused");
      } finally {
        await locker.end();
      }
      await query(world.database, "SELECT 1");
    }),
};

/** The disk of the database is full to the last byte: tables cannot grow. */
export const diskFull: Scenario = {
  name: "disk full",
  on: ["external", "embedded"],
  kind: "small disk",
  // Tables have some room left inside their files: that is used up first.
  load: { clients: 12, everyMs: 10 },
  run: (world, load) => outage(world, load, () => withFullDisk(world, load, async () => undefined)),
};

/** The journal cannot grow either: PostgreSQL ends all sessions, and may not come back before there is room. */
export const journalFull: Scenario = {
  name: "disk full, journal too",
  on: ["external", "embedded"],
  kind: "small disk",
  load: { clients: 12, everyMs: 10 },
  run: (world, load) =>
    outage(world, load, () => withFullDisk(world, load, () => useUpJournal(world.database))),
};

async function withFullDisk(world: World, load: Load, more: () => Promise<void>): Promise<void> {
  await world.disk?.fill();
  try {
    const filledAtMs = Date.now();
    const isRefused = () => load.refusals.some(({ atMs }) => atMs > filledAtMs);
    await within(60_000, "somebody is refused", filledAtMs, isRefused);
    await more();
    await delay(shortageMs);
  } finally {
    await world.disk?.free();
  }
  await world.database.back();
}

/** Begins new segments until there is no room for one more. */
async function useUpJournal(database: ChaosDatabase): Promise<void> {
  const segmentsMax = 64;
  for (let segment = 0; segment < segmentsMax; segment += 1) {
    const isRunning = await query(
      database,
      "SELECT pg_switch_wal() FROM pg_logical_emit_message(false, 'chaos', 'one more')",
    ).then(
      () => true,
      () => false,
    );
    if (!isRunning) return;
  }
  throw new Error("The journal was not used up");
}
