import { createWorld, type Topology, type World } from "./world.ts";

/** Worlds that differ in how they are set up; scenarios of one kind share one. */
export type WorldKind = "plain";

export async function createWorldOf(kind: WorldKind, topology: Topology): Promise<World> {
  switch (kind) {
    case "plain":
      return createWorld(topology);
  }
}
