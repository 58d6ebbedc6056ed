import { mkdir, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { waitUntilGone } from "../processes.mjs";
import { postgresBinaries } from "./binaries.ts";
import { canConnect, connectionUrl } from "./connection.ts";
import { clusterVersion, makeCluster } from "./make-cluster.ts";
import { isPostmasterOf, type Postmaster, readPostmasterFile } from "./postmaster-file.ts";
import { endPostmaster, removeLeftovers, removeSocketFolder, startPostmaster } from "./postmaster.ts";
import { serviceUser } from "./run-as.ts";

export interface ClusterOptions {
  /** The cluster's own folder; created on first use. The log stands beside it, with `.log` added. */
  folder: string;
  /** Of the one database user; the same at every start. */
  password: string;
  /** False only for tests that never crash: no fsync, several times faster. */
  durable: boolean;
}

export interface Cluster {
  readonly pid: number;
  /** True when a healthy server of this folder was found running, left behind by a launcher that was killed. */
  readonly adopted: boolean;
  connectionUrl(database: string): string;
  /** Resolves when the server is gone, whoever ended it. */
  whenGone(): Promise<void>;
  /** After it has gone unexpectedly: starts it again, at the same connection URLs. */
  restart(): Promise<Cluster>;
  /** Ends sessions, writes a checkpoint, exits; by force after 20 seconds. */
  stop(): Promise<void>;
}

const majorVersion = "18";

/**
 * Starts the PostgreSQL of `folder`, or adopts the one that is still running there. It listens on a Unix socket in a
 * private temporary folder only, so no port can be taken and nothing is reachable from outside. Nothing here guards
 * against two callers at once: the launcher holds the data folder's lock.
 */
export async function startCluster({ folder, password, durable }: ClusterOptions): Promise<Cluster> {
  const parent = dirname(resolve(folder));
  await mkdir(parent, { recursive: true });
  const options = { folder: join(await realpath(parent), basename(folder)), password, durable };
  const running = await runningPostmaster(options.folder);
  if (running) {
    const url = connectionUrl(running.socketFolder, password, "postgres");
    const healthy = running.status === "ready" && (await canConnect(url, 3_000));
    if (healthy) return clusterOf(options, running, true);
    await endPostmaster(running.pid);
  }
  return startFresh(options, null);
}

/** `socketFolder` null: a new one. */
async function startFresh(options: ClusterOptions, socketFolder: string | null): Promise<Cluster> {
  const { folder, durable } = options;
  const binaries = await postgresBinaries();
  const user = await serviceUser([
    binaries.postgres,
    join(folder, "PG_VERSION"),
    join(tmpdir(), "any", "socket"),
  ]);
  const version = await clusterVersion(folder);
  if (version === null) await makeCluster(binaries, user, options);
  else if (version !== majorVersion) throw new Error(wrongVersion(folder, version));
  await removeLeftovers(folder, socketFolder);
  const started = await startPostmaster(binaries, user, { folder, durable, socketFolder });
  return clusterOf(options, started, false);
}

/** Ends the server that a killed process has left running in `folder` (an absolute path), if there is one. */
export async function endLeftoverCluster(folder: string): Promise<void> {
  const running = await runningPostmaster(folder);
  if (!running) return;
  await endPostmaster(running.pid);
  await removeSocketFolder(running.socketFolder);
}

async function runningPostmaster(folder: string): Promise<Postmaster | null> {
  const postmaster = await readPostmasterFile(folder);
  return postmaster && (await isPostmasterOf(postmaster.pid, folder)) ? postmaster : null;
}

function clusterOf(
  options: ClusterOptions,
  { pid, socketFolder }: { pid: number; socketFolder: string },
  adopted: boolean,
): Cluster {
  return {
    pid,
    adopted,
    connectionUrl: (database) => connectionUrl(socketFolder, options.password, database),
    whenGone: async () => {
      await waitUntilGone(pid, Infinity, 200);
    },
    restart: () => startFresh(options, socketFolder),
    stop: async () => {
      await endPostmaster(pid);
      await removeSocketFolder(socketFolder);
    },
  };
}

function wrongVersion(folder: string, version: string): string {
  return (
    `${folder} is a PostgreSQL ${version} cluster, and this Posthorn brings PostgreSQL ${majorVersion}: ` +
    "dump it with the old version, or point POSTHORN_DATA_DIR at a new folder."
  );
}
