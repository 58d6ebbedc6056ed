import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "../scripts/database/migrate.ts";
import { startCluster } from "../scripts/postgres/cluster.ts";
import { ensureDatabase } from "../scripts/postgres/connection.ts";

export interface BenchDatabase {
  url: string;
  /** Of the postmaster: its children do the work. */
  pid: number;
  stop(): Promise<void>;
}

/** A PostgreSQL of the benchmark's own, durable as in production, in a temporary folder. */
export async function startBenchDatabase(): Promise<BenchDatabase> {
  const folder = await mkdtemp(join(tmpdir(), "posthorn-bench-"));
  const cluster = await startCluster({ folder: join(folder, "postgres"), password: "bench", durable: true });
  const url = cluster.connectionUrl("bench");
  const stop = async () => {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await ensureDatabase(cluster.connectionUrl("postgres"), "bench");
    await migrate(url);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid: cluster.pid, stop };
}
