import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isAlive, signal, waitUntilGone } from "../processes.mjs";
import { type Cluster, endLeftoverCluster, startCluster } from "./cluster.ts";
import { withClient } from "./connection.ts";

let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "posthorn-cluster-"));
  folder = join(parent, "postgres");
});

afterEach(async () => {
  await endLeftoverCluster(folder);
  await rm(parent, { recursive: true, force: true });
}, 30_000);

const start = (password = "first") => startCluster({ folder, password, durable: true });

const query = async (cluster: Cluster, text: string) =>
  withClient(cluster.connectionUrl("postgres"), async (client) => (await client.query(text)).rows[0]);

async function crash(cluster: Cluster): Promise<void> {
  signal(cluster.pid, "SIGKILL");
  await waitUntilGone(cluster.pid, 10_000);
}

// Each starts a server from nothing, on machines that do other things as well.
describe("an embedded cluster", { timeout: 60_000 }, () => {
  it("is durable, and reached only through its socket and with its password", async () => {
    const cluster = await start();
    expect(await query(cluster, "SELECT current_setting('fsync') AS fsync")).toEqual({ fsync: "on" });
    expect(await query(cluster, "SELECT current_setting('listen_addresses') AS tcp")).toEqual({ tcp: "" });
    const wrong = cluster.connectionUrl("postgres").replace(":first@", ":guess@");
    await expect(withClient(wrong, (client) => client.query("SELECT 1"))).rejects.toThrow(/password/);
  });

  it("keeps what was committed through kill -9 and starts again at the same URL", async () => {
    const cluster = await start();
    await query(cluster, "CREATE TABLE kept AS SELECT 7 AS value");
    await crash(cluster);
    const again = await cluster.restart();
    expect(again.connectionUrl("postgres")).toBe(cluster.connectionUrl("postgres"));
    expect(await query(again, "SELECT value FROM kept")).toEqual({ value: 7 });
  });

  it("is adopted by the next start when it was left running", async () => {
    const left = await start();
    const adopted = await start();
    expect(adopted).toMatchObject({ pid: left.pid, adopted: true });
    expect(await query(adopted, "SELECT 1 AS one")).toEqual({ one: 1 });
    await adopted.stop();
    expect(isAlive(left.pid)).toBe(false);
  });

  it("is not confused by a lock file whose process id now belongs to another program", async () => {
    const cluster = await start();
    const lockFile = join(folder, "postmaster.pid");
    const lines = (await readFile(lockFile, "utf8")).split("\n");
    await crash(cluster);
    await writeFile(lockFile, [String(process.pid), ...lines.slice(1)].join("\n"));
    const again = await start();
    expect(again.adopted).toBe(false);
    expect(await query(again, "SELECT 1 AS one")).toEqual({ one: 1 });
  });

  it("is made anew when its making was interrupted", async () => {
    await mkdir(`${folder}.new`, { recursive: true });
    await writeFile(join(`${folder}.new`, "PG_VERSION"), "18\n");
    const cluster = await start();
    expect(await query(cluster, "SELECT 1 AS one")).toEqual({ one: 1 });
  });

  it("of another major version is refused with what to do", async () => {
    await mkdir(folder);
    await writeFile(join(folder, "PG_VERSION"), "15\n");
    await expect(start()).rejects.toThrow(/PostgreSQL 15 cluster.*dump it/);
  });
});
