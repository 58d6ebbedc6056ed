import { setTimeout as delay } from "node:timers/promises";
import { signal, waitUntilGone } from "../../scripts/processes.mjs";
import { arrivedBetween, arrivedUnrecorded } from "../reckoning.ts";
import { nextDelivery, type Scenario } from "../scenario.ts";
import { freeze, query } from "../world/database.ts";
import { outage } from "./outage.ts";

/** What arrived shortly before the database went away may not have been recorded. */
const recordingMs = 500;

/** `kill -9` of the postmaster. */
export const postgresKilled: Scenario = {
  name: "PostgreSQL killed",
  on: ["external", "embedded"],
  run: (world, load) =>
    outage(world, load, async () => {
      await world.database.kill();
      await world.database.back();
    }),
};

/** `kill -9` of one session's process: PostgreSQL ends all sessions and recovers by itself. */
export const backendKilled: Scenario = {
  name: "PostgreSQL session killed",
  on: ["external", "embedded"],
  run: (world, load) =>
    outage(world, load, async () => {
      const [backend, ...others] = await query<{ pid: number }>(
        world.database,
        "SELECT pid FROM pg_stat_activity WHERE application_name = 'posthorn'",
      );
      if (!backend) throw new Error("Posthorn has no session");
      signal(backend.pid, "SIGKILL");
      // Until PostgreSQL has noticed, it answers as before: noticed means that it has ended the other sessions, too.
      await Promise.all(others.map(({ pid }) => waitUntilGone(pid, 10_000)));
      await world.database.answers();
    }),
};

/** Everything dies at once, as when the power goes; everything is started again. */
export const everythingKilled: Scenario = {
  name: "everything killed at once",
  on: ["external", "embedded"],
  async run(world, load) {
    const { instances, database, receiver, topology } = world;
    const killedAtMs = Date.now();
    const parts = topology === "embedded" ? (["postgres"] as const) : [];
    await Promise.all([
      ...instances.map((instance) => instance.kill("launcher", "server", ...parts)),
      ...(topology === "external" ? [database.kill()] : []),
    ]);
    const deadAtMs = Date.now();
    if (topology === "external") await database.back();
    // Embedded, the database is only there together with its server.
    const mayRepeat =
      topology === "external"
        ? await arrivedUnrecorded(world)
        : await arrivedBetween(receiver, killedAtMs - recordingMs, deadAtMs);
    await Promise.all(instances.map((instance) => instance.start()));
    const recoveredMs = await nextDelivery(world, load, deadAtMs, 60_000);
    return { recoveredMs, mayRepeat, because: "in flight, or not recorded yet, at the kill" };
  },
};

/** The database is gone for a while: publishers are told so and when to come back, and deliveries wait. */
export const databaseGone = (seconds: number): Scenario => ({
  name: `database gone for ${seconds} s`,
  on: ["external"],
  run: (world, load) =>
    outage(world, load, async () => {
      const { instances, database } = world;
      await database.kill();
      const goneAtMs = Date.now();
      await delay(seconds * 1000); // how long the outage lasts is the scenario
      for (const { url } of instances) {
        const [health, ready] = await Promise.all([fetch(`${url}/api/health`), fetch(`${url}/api/ready`)]);
        if (health.status !== 200 || ready.status !== 503)
          throw new Error(`health ${health.status}, ready ${ready.status} without a database`);
      }
      if (!load.refusals.some(({ atMs }) => atMs > goneAtMs)) throw new Error("nobody was refused");
      await database.back();
    }),
});

/** The database takes no answer back and gives none, without closing a connection. */
export const databaseFrozen: Scenario = {
  name: "database frozen for 20 s",
  on: ["external", "embedded"],
  run: (world, load) =>
    outage(world, load, async () => {
      const thaw = await freeze(world.database);
      try {
        await delay(20_000);
      } finally {
        thaw();
      }
    }),
};
