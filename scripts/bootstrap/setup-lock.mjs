import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { rewriteLock, tryLock, unlock } from "../file-lock.mjs";

const lockFile = fileURLToPath(new URL("../../.posthorn-setup/lock", import.meta.url));

/**
 * Runs `work` while no other process of this checkout installs, generates or builds: two starts at once (a web and a
 * worker, say) would write the same files. `work` hands the lock over to the program that it starts, so that the
 * files stay locked while that program outlives a start that was killed.
 * @template T
 * @param {(handOver: (pid: number) => Promise<void>) => Promise<T>} work
 * @param {AbortSignal} [stop] ends the waiting
 * @returns {Promise<T>}
 */
export async function withSetupLock(work, stop) {
  while ((await tryLock(lockFile, {})) !== null) await delay(100, undefined, { signal: stop });
  try {
    return await work((pid) => rewriteLock(lockFile, {}, pid));
  } finally {
    await unlock(lockFile);
  }
}
