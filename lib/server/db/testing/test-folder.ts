import { mkdtemp, readdir, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endLeftoverCluster } from "../../../../scripts/postgres/cluster.ts";
import { isAlive } from "../../../../scripts/processes.mjs";

const prefix = "posthorn-test-";
const memoryFolder = "/dev/shm";
const bytesNeeded = 2 * 2 ** 30;

/**
 * A folder for a test server's cluster: in memory where there is room, because cloning a database makes hundreds of
 * files (25 ms there, up to 600 ms on a busy disk). Clears away what killed test runs have left.
 */
export async function makeTestFolder(): Promise<string> {
  const place = (await hasRoom(memoryFolder)) ? memoryFolder : tmpdir();
  await removeLeftovers(place);
  return mkdtemp(join(place, `${prefix}${process.pid}-`));
}

async function hasRoom(folder: string): Promise<boolean> {
  const found = await statfs(folder).catch(() => null);
  return found !== null && found.bavail * found.bsize >= bytesNeeded;
}

async function removeLeftovers(place: string): Promise<void> {
  for (const name of await readdir(place)) {
    const pid = Number(new RegExp(`^${prefix}(\\\\d+)-`).exec(name)?.[1]);
    if (!pid || isAlive(pid)) continue;
    const folder = join(place, name);
    await endLeftoverCluster(join(folder, "postgres"));
    await rm(folder, { recursive: true, force: true });
  }
}
