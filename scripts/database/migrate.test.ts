import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { type Cluster, startCluster } from "../postgres/cluster.ts";
import { ensureDatabase, withClient } from "../postgres/connection.ts";
import { migrate } from "./migrate.ts";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

let parent: string;
let cluster: Cluster;
let url: string;
let folder: string;
let count = 0;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "posthorn-migrate-"));
  cluster = await startCluster({ folder: join(parent, "postgres"), password: "test", durable: false });
});

afterAll(async () => {
  await cluster.stop();
  await rm(parent, { recursive: true, force: true });
});

beforeEach(async () => {
  const name = `target_${(count += 1)}`;
  await ensureDatabase(cluster.connectionUrl("postgres"), name);
  url = cluster.connectionUrl(name);
  folder = join(parent, name);
});

async function write(name: string, script: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, "migration.sql"), script);
}

const tables = () =>
  withClient(url, async (client) => {
    const found = await client.query(
      "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '^made' ORDER BY 1",
    );
    return found.rows.map((row) => row.relname);
  });

it("applies what is missing, in order, once", async () => {
  await write("0001_first", "CREATE TABLE made_first (id int);");
  expect(await migrate(url, folder)).toEqual(["0001_first"]);
  await write("0002_second", "ALTER TABLE made_first RENAME TO made_second;");
  expect(await migrate(url, folder)).toEqual(["0002_second"]);
  expect(await migrate(url, folder)).toEqual([]);
  expect(await tables()).toEqual(["made_second"]);
});

it("runs a script whole, with semicolons inside functions and texts", async () => {
  await write(
    "0001_function",
    `CREATE TABLE made_by_function (note text DEFAULT 'a;b');
     CREATE FUNCTION two() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 2; END $$;`,
  );
  await migrate(url, folder);
  expect(await withClient(url, async (client) => (await client.query("SELECT two()")).rows)).toEqual([
    { two: 2 },
  ]);
});

it("leaves the database as it was when a script fails, and applies the corrected one without a repair", async () => {
  await write("0001_good", "CREATE TABLE made_good (id int);");
  await write("0002_bad", "CREATE TABLE made_bad (id int); SELECT nothing_like_this;");
  await expect(migrate(url, folder)).rejects.toThrow(/0002_bad failed: .*nothing_like_this/);
  expect(await tables()).toEqual([]);
  await write("0002_bad", "CREATE TABLE made_bad (id int);");
  expect(await migrate(url, folder)).toEqual(["0001_good", "0002_bad"]);
});

it("leaves a database alone that a newer version has migrated, and names what it does not know", async () => {
  await write("0001_first", "CREATE TABLE made_first (id int);");
  await write("0002_newer", "CREATE TABLE made_newer (id int);");
  await migrate(url, folder);
  await rm(join(folder, "0002_newer"), { recursive: true });
  await write("0001_second", "CREATE TABLE made_second (id int);");
  await expect(migrate(url, folder)).rejects.toThrow(
    /migrated by a newer version of Posthorn \(0002_newer\)/,
  );
  expect(await tables()).toEqual(["made_first", "made_newer"]);
});

it("lets any number of processes start at once", async () => {
  await write("0001_first", "CREATE TABLE made_once (id int);");
  const outcomes = await Promise.all([migrate(url, folder), migrate(url, folder), migrate(url, folder)]);
  expect(outcomes.flat()).toEqual(["0001_first"]);
});
