import { setTimeout as delay } from "node:timers/promises";
import { arrivedUnrecorded } from "../reckoning.ts";
import { allReady, nextDelivery, samePids, serverPids, type Scenario } from "../scenario.ts";
import type { Load } from "../load.ts";
import type { ClockOwner } from "../world/moving-clock.ts";
import type { World } from "../world/world.ts";

const hour = 3600;
/** Longer than a lease lasts, so that leases end by the wrong clock, too. */
const wrongMs = 25_000;

const moved = (name: string, on: Scenario["on"], owners: (world: World) => ClockOwner[]): Scenario => ({
  name: `${name} an hour ahead and back`,
  on,
  kind: "moving clock",
  run: async (world, load) => {
    const pids = await serverPids(world);
    const aheadMayRepeat = await jump(world, load, owners(world), hour);
    await delay(wrongMs); // how long it is wrong is the scenario
    const backMayRepeat = await jump(world, load, owners(world), 0);
    const backAtMs = Date.now();
    const readyMs = await allReady(world, backAtMs, 30_000);
    const recoveredMs = Math.max(readyMs, await nextDelivery(world, load, backAtMs, 30_000));
    await samePids(world, pids);
    const mayRepeat = new Set([...aheadMayRepeat, ...backMayRepeat]);
    return { recoveredMs, mayRepeat, because: "in flight when a clock jumped" };
  },
});

/** Sets clocks, and returns what was in flight. */
async function jump(
  world: World,
  load: Load,
  owners: readonly ClockOwner[],
  aheadSeconds: number,
): Promise<Set<string>> {
  const mayRepeat = await arrivedUnrecorded(world);
  for (const owner of owners) await world.clock?.set(owner, aheadSeconds);
  return mayRepeat;
}

/** A wrong time server for the machine that Posthorn runs on. */
export const applicationClock = moved("application clock", ["external", "embedded"], () => [0, 1, 2]);

/** A web process that does not agree with the workers on what time it is: what it accepts is due all the same. */
export const webClock = moved("web clock", ["external"], () => [0]);

/** Workers that do not agree on what time it is. */
export const workerClock = moved("one worker clock", ["external"], () => [1]);

/** A wrong time server for the machine that PostgreSQL runs on. */
export const databaseClock = moved("database clock", ["external"], () => ["database"]);
