import { signal } from "../../scripts/processes.mjs";
import { arrivedUnrecorded } from "../reckoning.ts";
import { leasedNow, nextDelivery, nothingRepeats, settled, within, type Scenario } from "../scenario.ts";
import { query } from "../world/database.ts";
import type { World } from "../world/world.ts";

/** Long enough for many requests to be in flight at once, of which some have arrived and none is recorded. */
const slowMs = 600;

const inFlight = "in flight, or not recorded yet, at the kill";

/** `kill -9` of one worker of two: the other one delivers what the first had. */
export const workerKilled: Scenario = {
  name: "worker killed",
  on: ["external"],
  async run(world) {
    const { receiver, workers } = world;
    await receiver.answerAfter(slowMs);
    await untilInFlight(world, 2);
    const killedAtMs = Date.now();
    await workers[0]?.kill("server");
    const [leased, mayRepeat] = await Promise.all([leasedNow(world), arrivedUnrecorded(world)]);
    const recoveredMs = await settled(world, leased, killedAtMs, 30_000);
    await receiver.answerAfter(40);
    await workers[0]?.start();
    return { recoveredMs, mayRepeat, because: inFlight };
  },
};

/** `kill -9` of the only worker and its launcher: its own restart goes on at once. */
export const workerRestarted: Scenario = {
  name: "worker killed, restarted",
  on: ["external", "embedded"],
  async run(world, load) {
    const { receiver, workers, topology } = world;
    const [worker, ...others] = workers;
    for (const other of others) await other.stop();
    await receiver.answerAfter(slowMs);
    await untilInFlight(world);
    // With its launcher, which would stop the embedded database: what was in flight is still to be read from it.
    await worker?.kill("launcher", "server");
    const [leased, mayRepeat] = await Promise.all([leasedNow(world), arrivedUnrecorded(world)]);
    await receiver.answerAfter(0);
    const startedAtMs = Date.now();
    await worker?.start();
    const readyAtMs = Date.now();
    await settled(world, leased, readyAtMs, 5_000);
    // Embedded, this is the only process: it was not there to accept anything either.
    if (topology === "embedded") await nextDelivery(world, load, readyAtMs, 5_000);
    const recoveredMs = Date.now() - startedAtMs;
    await receiver.answerAfter(40);
    for (const other of others) await other.start();
    return { recoveredMs, mayRepeat, because: inFlight };
  },
};

/** `kill -9` of the web process while clients publish: nothing that it accepted depends on it. */
export const webKilled: Scenario = {
  name: "web process killed",
  on: ["external"],
  async run(world, load) {
    const killedAtMs = Date.now();
    await world.web.kill("server");
    await world.web.start();
    const recoveredMs = await nextDelivery(world, load, killedAtMs, 30_000);
    return { recoveredMs, ...nothingRepeats };
  },
};

/** A worker stands still for longer than its leases last, and goes on as if nothing had happened. */
export const leaseLost: Scenario = {
  name: "lease lost in flight",
  on: ["external"],
  async run(world) {
    const { receiver, workers } = world;
    const pid = (await workers[0]?.pidOf("server")) ?? 0;
    await receiver.answerAfter(slowMs);
    await untilInFlight(world, 2);
    const stoppedAtMs = Date.now();
    signal(pid, "SIGSTOP");
    try {
      const [leased, mayRepeat] = await Promise.all([leasedNow(world), arrivedUnrecorded(world)]);
      // Its session lives: nobody can know better than by the end of its leases, 20 s after their last renewal.
      const recoveredMs = await settled(world, leased, stoppedAtMs, 30_000);
      await receiver.answerAfter(40);
      return { recoveredMs, mayRepeat, because: "in flight when the worker stood still" };
    } finally {
      signal(pid, "SIGCONT");
    }
  },
};

/** SIGTERM of everything, one after the other, under load: exit code 0, and nothing is sent twice. */
export const terminated: Scenario = {
  name: "SIGTERM under load",
  on: ["external", "embedded"],
  async run(world, load) {
    const { receiver, instances } = world;
    await receiver.answerAfter(slowMs);
    for (const instance of [...instances].reverse()) {
      await untilInFlight(world);
      const code = await instance.stop();
      if (code !== 0) throw new Error(`a process ended with exit code ${code} at SIGTERM`);
      await instance.start();
    }
    await receiver.answerAfter(40);
    const startedAtMs = Date.now();
    return { recoveredMs: await nextDelivery(world, load, startedAtMs, 60_000), ...nothingRepeats };
  },
};

/** Waits until so many workers each have something to lose: what is broken must be in the middle of its work. */
async function untilInFlight(world: World, workerCount = 1): Promise<void> {
  const enough = 10;
  await within(30_000, `${workerCount} workers with deliveries in flight`, Date.now(), async () => {
    const busy = await query(
      world.database,
      `SELECT worker_id FROM delivery WHERE state = 'pending' AND lease_id IS NOT NULL
       GROUP BY worker_id HAVING count(*) >= ${enough}`,
    );
    return busy.length >= workerCount && (await arrivedUnrecorded(world)).size >= 2 * enough;
  });
}
