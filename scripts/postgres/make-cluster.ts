import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PostgresBinaries } from "./binaries.ts";
import { databaseUser } from "./connection.ts";
import { asUser, giveTo, type ServiceUser } from "./run-as.ts";

interface NewCluster {
  folder: string;
  password: string;
  durable: boolean;
}

/** Major version of the cluster in `folder`, or null when there is none yet. */
export async function clusterVersion(folder: string): Promise<string | null> {
  const text = await readFile(join(folder, "PG_VERSION"), "utf8").catch(() => null);
  return text?.trim() ?? null;
}

/**
 * Creates a cluster. It is made beside its place and then renamed, so that a start that is killed halfway leaves
 * nothing half made behind.
 */
export async function makeCluster(
  binaries: PostgresBinaries,
  user: ServiceUser,
  { folder, password, durable }: NewCluster,
): Promise<void> {
  const draft = `${folder}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await giveTo(user, draft);
  const passwordFolder = await mkdtemp(join(tmpdir(), "posthorn-initdb-"));
  try {
    const passwordFile = join(passwordFolder, "password");
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    await giveTo(user, passwordFile);
    await giveTo(user, passwordFolder);
    await initdb(binaries, user, [
      `--pgdata=${draft}`,
      `--username=${databaseUser}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--locale=C",
      ...(durable ? [] : ["--no-sync"]),
    ]);
  } finally {
    await rm(passwordFolder, { recursive: true, force: true });
  }
  await rename(draft, folder);
}

async function initdb(binaries: PostgresBinaries, user: ServiceUser, args: readonly string[]): Promise<void> {
  const start = asUser(user, binaries.initdb, args);
  const child = spawn(start.command, start.args, { ...start.options, stdio: ["ignore", "ignore", "pipe"] });
  let complaint = "";
  child.stderr?.on("data", (chunk: Buffer) => (complaint += chunk.toString("utf8")));
  const code = await new Promise<number | null>((done, fail) =>
    child.once("error", fail).once("close", done),
  );
  if (code !== 0) throw new Error(`PostgreSQL's initdb failed:\n${complaint.trim()}`);
}
