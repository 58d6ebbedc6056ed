import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Instance } from "../../e2e/fixtures/instance.ts";
import { connectionUrl, withClient } from "../../scripts/postgres/connection.ts";
import { readPostmasterFile } from "../../scripts/postgres/postmaster-file.ts";
import { isAlive, signal, waitUntil, waitUntilGone } from "../../scripts/processes.mjs";
import type { ExternalPostgres } from "./external-postgres.ts";
import { childrenOf } from "./processes-below.ts";

/** The database of a world, as the suite breaks it and looks into it. */
export interface ChaosDatabase {
  /** For the table, with its version. */
  readonly name: string;
  url(): Promise<string>;
  /** Of the postmaster. */
  pid(): Promise<number>;
  /** `kill -9` of the postmaster; its children end by themselves. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Resolves when it accepts connections again: started by us, or, when embedded, by its launcher. */
  back(): Promise<void>;
  /** Resolves when a statement is answered; throws after a minute. */
  answers(): Promise<void>;
}

export function externalDatabase(server: ExternalPostgres): ChaosDatabase {
  return {
    name: server.name,
    url: async () => server.url,
    pid: async () => server.pid,
    kill: () => killPostmaster(server.pid),
    back: async () => {
      if (!isAlive(server.pid)) await server.start();
      else await untilAnswers(async () => server.url);
    },
    answers: () => untilAnswers(async () => server.url),
  };
}

export function embeddedDatabase(instance: Instance): ChaosDatabase {
  const folder = join(instance.dataFolder, "postgres");
  const postmaster = async () => {
    const found = await readPostmasterFile(folder);
    if (!found) throw new Error("The embedded PostgreSQL does not run");
    return found;
  };
  const url = async () => {
    const secrets = JSON.parse(await readFile(join(instance.dataFolder, "secrets.json"), "utf8"));
    const { socketFolder } = await postmaster();
    return connectionUrl(socketFolder, secrets.databasePassword, "posthorn");
  };
  return {
    name: "PostgreSQL 18 (embedded)",
    url,
    pid: async () => (await postmaster()).pid,
    kill: async () => killPostmaster((await postmaster()).pid),
    back: () => untilAnswers(url),
    answers: () => untilAnswers(url),
  };
}

async function untilAnswers(url: () => Promise<string>): Promise<void> {
  const answered = async () => query({ url }, "SELECT 1").then(Boolean, () => false);
  if (!(await waitUntil(answered, 60_000, 25))) throw new Error("PostgreSQL did not come back");
}

async function killPostmaster(pid: number): Promise<void> {
  signal(pid, "SIGKILL");
  await waitUntilGone(pid, 10_000);
}

/** Stops every process of the server where it stands, as a storage that hangs does; returns how to let it go on. */
export async function freeze(database: ChaosDatabase): Promise<() => void> {
  const postmaster = await database.pid();
  // The postmaster first: it starts no more children.
  signal(postmaster, "SIGSTOP");
  const frozen = [postmaster, ...(await childrenOf(postmaster))];
  for (const pid of frozen) signal(pid, "SIGSTOP");
  return () => {
    for (const pid of frozen) signal(pid, "SIGCONT");
  };
}

/** One statement on a connection of its own. */
export async function query<Row extends object>(
  database: Pick<ChaosDatabase, "url">,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  return withClient(await database.url(), async (client) => {
    return (await client.query<Row>(text, values as unknown[])).rows;
  });
}
