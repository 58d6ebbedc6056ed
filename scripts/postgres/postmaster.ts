import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { signal, waitUntil, waitUntilGone } from "../processes.mjs";
import type { PostgresBinaries } from "./binaries.ts";
import { readPostmasterFile } from "./postmaster-file.ts";
import { asUser, giveTo, type ServiceUser } from "./run-as.ts";
import { serverSettings } from "./settings.ts";

const socketFolderPrefix = "posthorn-db-";
const logBytesMax = 5 * 2 ** 20;

/** Only called when no PostgreSQL of this folder runs: whatever the lock file says, it is a leftover. */
export async function removeLeftovers(folder: string, socketFolderToKeep: string | null): Promise<void> {
  const stale = await readPostmasterFile(folder);
  await rm(join(folder, "postmaster.pid"), { force: true });
  if (stale && stale.socketFolder !== socketFolderToKeep) await removeSocketFolder(stale.socketFolder);
}

export async function removeSocketFolder(socketFolder: string): Promise<void> {
  // The name comes out of a file: only folders that look like ours are removed.
  if (!basename(socketFolder).startsWith(socketFolderPrefix)) return;
  await rm(socketFolder, { recursive: true, force: true });
}

/**
 * Starts the server and waits until it accepts connections, through crash recovery if need be. Backends of a server
 * that was killed hold its shared memory for a moment longer: then it is tried again, for half a minute.
 */
export async function startPostmaster(
  binaries: PostgresBinaries,
  user: ServiceUser,
  server: { folder: string; durable: boolean; socketFolder: string | null },
): Promise<{ pid: number; socketFolder: string }> {
  const { folder, durable } = server;
  const socketFolder = server.socketFolder ?? (await mkdtemp(join(tmpdir(), socketFolderPrefix)));
  await mkdir(socketFolder, { recursive: true });
  await chmod(socketFolder, 0o700);
  await giveTo(user, socketFolder);
  const start = asUser(user, binaries.postgres, [
    ...["-D", folder, "-k", socketFolder],
    ...serverSettings(durable),
  ]);
  const triesUntil = performance.now() + 30_000;
  for (;;) {
    const outcome = await startOnce(start, folder);
    if ("pid" in outcome) return { pid: outcome.pid, socketFolder };
    const occupied = /shared memory block|lock file .* already exists/.test(outcome.complaint);
    if (!occupied || performance.now() > triesUntil) {
      await removeSocketFolder(socketFolder);
      throw new Error(`PostgreSQL did not start (${folder}.log):\n${outcome.complaint}`);
    }
    await delay(200);
  }
}

/**
 * In a session of its own, so that Ctrl-C in a terminal does not end the database before the application has
 * finished; with its log in a file, so that it can outlive the launcher.
 */
async function startOnce(
  start: ReturnType<typeof asUser>,
  folder: string,
): Promise<{ pid: number } | { complaint: string }> {
  const logFile = `${folder}.log`;
  const logSize = await rotate(logFile);
  const log = openSync(logFile, "a", 0o600);
  const child = spawn(start.command, start.args, {
    ...start.options,
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  let failure: string | null = null;
  child.once("error", (error) => (failure = error.message));
  child.once("exit", (code) => (failure ??= `it exited with code ${code}`));
  child.unref();
  const ready = async () => {
    if (failure !== null) return true;
    const postmaster = await readPostmasterFile(folder);
    return postmaster?.pid === child.pid && postmaster?.status === "ready";
  };
  await waitUntil(ready, Infinity);
  if (failure === null && child.pid !== undefined) return { pid: child.pid };
  const logged = (await readFile(logFile, "utf8")).slice(logSize).trim();
  return { complaint: logged || String(failure) };
}

async function rotate(logFile: string): Promise<number> {
  const found = await stat(logFile).catch(() => null);
  if (!found) return 0;
  if (found.size < logBytesMax) return found.size;
  await rename(logFile, `${logFile}.old`);
  return 0;
}

/** Ends a server as gently as it allows: fast, then immediate (it recovers at its next start), then by force. */
export async function endPostmaster(pid: number): Promise<void> {
  for (const [name, patienceMs] of [
    ["SIGINT", 20_000],
    ["SIGQUIT", 5_000],
    ["SIGKILL", 5_000],
  ] as const) {
    signal(pid, name);
    if (await waitUntilGone(pid, patienceMs)) return;
  }
  throw new Error(`The embedded PostgreSQL (process ${pid}) does not end.`);
}
