import { join } from "node:path";
import { createMovingClock } from "./moving-clock.ts";
import { mountSmallDisk } from "./small-disk.ts";
import { createWorld, type Topology, type World } from "./world.ts";

/** Worlds that differ in how they are set up; scenarios of one kind share one. */
export type WorldKind = "plain" | "small disk" | "moving clock";

/** Thrown where a machine does not allow what a kind needs: its scenarios are not run there. */
export class NotPossibleHere extends Error {}

const diskMegabytes = 320;

export async function createWorldOf(
  kind: WorldKind,
  topology: Topology,
  mayInstall: boolean,
): Promise<World> {
  switch (kind) {
    case "plain":
      return createWorld(topology, { mayInstall });
    case "small disk":
      return createWithSmallDisk(topology, mayInstall);
    case "moving clock":
      return createWithMovingClock(topology, mayInstall);
  }
}

/** Everything that the database writes is on a disk of its own; its journal is kept small, to be full sooner. */
async function createWithSmallDisk(topology: Topology, mayInstall: boolean): Promise<World> {
  const disk = await mountSmallDisk(diskMegabytes);
  if (!disk) throw new NotPossibleHere("this machine does not let us mount a file system");
  const environment: Record<string, string> =
    topology === "embedded" ? { POSTHORN_DATA_DIR: join(disk.folder, "posthorn") } : {};
  return createWorld(topology, {
    disk,
    mayInstall,
    database: { parent: disk.folder, settings: { max_wal_size: "64MB", min_wal_size: "32MB" } },
    environment: () => environment,
  });
}

async function createWithMovingClock(topology: Topology, mayInstall: boolean): Promise<World> {
  const clock = await createMovingClock([0, 1, 2, "database"], mayInstall);
  if (!clock) throw new NotPossibleHere("there is no libfaketime");
  return createWorld(topology, {
    clock,
    mayInstall,
    database: { environment: clock.environment("database") },
    environment: (index) => clock.environment(index),
  });
}
