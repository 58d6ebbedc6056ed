import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isHeldBy, parseHolder, rewriteLock, tryLock, unlock } from "../file-lock.mjs";
import { signal, waitUntil, waitUntilGone } from "../processes.mjs";
import type { Settings } from "./settings.ts";

interface Content {
  port: number;
  state: "running" | "stopping";
  server: { pid: number; birth: string | null } | null;
}

/** That this launcher is the only one of its data folder (embedded) or of its port (with a database of one's own). */
export interface InstanceLock {
  /** Notes the server process, so that a later start can end it if this launcher is killed. */
  noteServer(server: Content["server"]): Promise<void>;
  noteStopping(): Promise<void>;
  release(): Promise<void>;
}

const stoppingPatienceMs = 45_000;
const runningPatienceMs = 3_000;
const orphanPatienceMs = 2_000;

/**
 * Takes the lock. A previous launcher that is on its way out is waited for, and ended if it takes too long; a server
 * process that outlived its launcher is ended. Throws one clear line when another instance is simply running.
 */
export async function takeInstanceLock(settings: Settings, stop: AbortSignal): Promise<InstanceLock> {
  const { port } = settings.configuration;
  const file = join(settings.dataFolder, settings.embedded ? "instance.json" : `instance-${port}.json`);
  const content: Content = { port, state: "running", server: null };
  for (;;) {
    const previous = parseHolder(await readFile(file, "utf8").catch(() => null)) as Partial<Content> | null;
    const holder = await tryLock(file, content).catch(refuseFolder);
    if (holder === null) {
      await endOrphan(previous?.server ?? null);
      return lockOf(file, content);
    }
    await waitForHolder(file, holder, settings);
    stop.throwIfAborted();
  }
}

/** The lock is the first thing that is written there. */
function refuseFolder(error: NodeJS.ErrnoException): never {
  const reason = error.code ?? error.message;
  throw new Error(`POSTHORN_DATA_DIR must be a folder that can be made and written to (${reason}).`);
}

async function waitForHolder(file: string, holder: { pid: number; state?: string }, settings: Settings) {
  const isStopping = async () => {
    const now = parseHolder(await readFile(file, "utf8").catch(() => null)) as Partial<Content> | null;
    return now === null || now.state === "stopping" || !(await isHeldBy(now as never));
  };
  // A launcher whose npm was killed a moment ago still says that it runs.
  if (!(await waitUntil(isStopping, runningPatienceMs, 100))) {
    const what = settings.embedded ? `on ${settings.dataFolder}` : `on port ${settings.configuration.port}`;
    throw new Error(`Posthorn already runs ${what} (process ${holder.pid}).`);
  }
  if (await waitUntilGone(holder.pid, stoppingPatienceMs)) return;
  signal(holder.pid, "SIGKILL");
  await waitUntilGone(holder.pid, 5_000);
}

/** The server of a launcher that was killed notices and ends by itself; it has a moment for it. */
async function endOrphan(server: Content["server"]): Promise<void> {
  if (server === null || !(await isHeldBy(server))) return;
  if (await waitUntilGone(server.pid, orphanPatienceMs)) return;
  signal(server.pid, "SIGKILL");
  await waitUntilGone(server.pid, 5_000);
}

function lockOf(file: string, content: Content): InstanceLock {
  let current = content;
  const note = async (change: Partial<Content>) => {
    current = { ...current, ...change };
    await rewriteLock(file, current);
  };
  return {
    noteServer: (server) => note({ server }),
    noteStopping: () => note({ state: "stopping" }),
    release: () => unlock(file),
  };
}
