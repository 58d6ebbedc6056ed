import { existsSync, readdirSync } from "node:fs";
import { chmod, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installDebianPackages } from "../../scripts/debian-packages.ts";

/** Who has a clock of its own: the processes by their number (0: web), and the database. */
export type ClockOwner = number | "database";

/** Clocks that can be moved while their processes run, as a wrong time server does. */
export interface MovingClock {
  /** What makes a process read the clock of `owner`. */
  environment(owner: ClockOwner): Record<string, string>;
  /** Resolves when it is set; processes notice within a second. */
  set(owner: ClockOwner, aheadSeconds: number): Promise<void>;
  remove(): Promise<void>;
}

/** Through libfaketime (Debian's package of that name); null where it cannot be had. */
export async function createMovingClock(
  owners: readonly ClockOwner[],
  mayInstall: boolean,
): Promise<MovingClock | null> {
  if (!findLibrary() && mayInstall) await installDebianPackages(["libfaketime"]);
  const library = findLibrary();
  if (!library) return null;
  const folder = await mkdtemp(join(tmpdir(), "posthorn-clock-"));
  await chmod(folder, 0o755);
  const fileOf = (owner: ClockOwner) => join(folder, String(owner));
  const set = async (owner: ClockOwner, aheadSeconds: number) => {
    // Renamed into place: a reader never sees half of it.
    await writeFile(`${fileOf(owner)}.new`, `${aheadSeconds < 0 ? "" : "+"}${aheadSeconds}\n`, {
      mode: 0o644,
    });
    await rename(`${fileOf(owner)}.new`, fileOf(owner));
  };
  for (const owner of owners) await set(owner, 0);
  return {
    environment: (owner) => ({
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: fileOf(owner),
      FAKETIME_CACHE_DURATION: "1",
      // Only the time of day moves: timers go on as they do when a machine's clock is set.
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
    }),
    set,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function findLibrary(): string | null {
  const root = "/usr/lib";
  const folders = existsSync(root) ? readdirSync(root) : [];
  const candidates = folders.map((name) => join(root, name, "faketime/libfaketimeMT.so.1"));
  return candidates.find((path) => existsSync(path)) ?? null;
}
