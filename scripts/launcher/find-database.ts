import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { ensureSecrets } from "./secrets.ts";
import { takeInstanceLock } from "./instance-lock.ts";
import type { Settings } from "./settings.ts";
import { startCluster } from "../postgres/cluster.ts";
import { connectionUrl } from "../postgres/connection.ts";
import { isPostmasterOf, readPostmasterFile } from "../postgres/postmaster-file.ts";

export interface FoundDatabase {
  url: string;
  /** The keys of the embedded mode's data folder; null where the environment has them. */
  generatedKey: string | null;
  close(): Promise<void>;
}

const databaseName = "posthorn";
const nothingToClose = () => Promise.resolve();

/**
 * The database of this instance: that of DATABASE_URL, or the embedded one. While an instance runs its database is used
 * and left alone; otherwise it is started for this command, under the instance's lock, and stopped again. None is made.
 */
export async function findDatabase(settings: Settings, stop: AbortSignal): Promise<FoundDatabase> {
  const { databaseUrl } = settings.configuration;
  if (databaseUrl !== null) return { url: databaseUrl, generatedKey: null, close: nothingToClose };
  if (!existsSync(join(settings.dataFolder, "postgres")))
    throw new Error(`there is no instance in ${settings.dataFolder}: set POSTHORN_DATA_DIR or DATABASE_URL`);
  const { databasePassword: password, encryptionKey: generatedKey } = await ensureSecrets(
    settings.dataFolder,
  );
  const folder = join(await realpath(settings.dataFolder), "postgres");
  const running = await readPostmasterFile(folder);
  if (running && (await isPostmasterOf(running.pid, folder))) {
    const url = connectionUrl(running.socketFolder, password, databaseName);
    return { url, generatedKey, close: nothingToClose };
  }
  const lock = await takeInstanceLock(settings, stop);
  const cluster = await startCluster({ folder, password, durable: true });
  const close = async () => {
    await cluster.stop();
    await lock.release();
  };
  return { url: cluster.connectionUrl(databaseName), generatedKey, close };
}
