import { arrivedUnrecorded } from "../reckoning.ts";
import { allReady, nextDelivery, samePids, serverPids, type Outcome } from "../scenario.ts";
import type { Load } from "../load.ts";
import type { World } from "../world/world.ts";

/**
 * Takes the database away with `away`, which resolves when it is back, and waits until all is well again, with the
 * same processes as before.
 */
export async function outage(world: World, load: Load, away: () => Promise<void>): Promise<Outcome> {
  const pids = await serverPids(world);
  await away();
  const backAtMs = Date.now();
  const mayRepeat = await arrivedUnrecorded(world);
  const readyMs = await allReady(world, backAtMs, 30_000);
  const recoveredMs = Math.max(readyMs, await nextDelivery(world, load, backAtMs, 30_000));
  await samePids(world, pids);
  return { recoveredMs, mayRepeat, because: "not recorded yet when the database was back" };
}
