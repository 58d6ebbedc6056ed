import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { migrate } from "../../../../scripts/database/migrate.ts";
import { startCluster } from "../../../../scripts/postgres/cluster.ts";
import { withClient } from "../../../../scripts/postgres/connection.ts";
import { ensurePartitions } from "../partitions.ts";
import { poolSql } from "../sql.ts";
import { databaseUrl } from "./database-url.ts";
import { makeTestFolder } from "./test-folder.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Of a database on the test server that is not under test; test databases are created through it. */
    maintenanceUrl: string;
    /** A migrated, empty database to clone. */
    templateDatabase: string;
  }
}

/**
 * One PostgreSQL for the whole run: that of TEST_DATABASE_URL (whose user may create databases), or an embedded one
 * in a temporary folder. The migrations run once, into a template that every test's database is cloned from.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await testServer(process.env.TEST_DATABASE_URL);
  const template = `posthorn_template_${process.pid}_${randomBytes(4).toString("hex")}`;
  try {
    await withClient(server.url, (client) =>
      client.query(`CREATE DATABASE ${pg.escapeIdentifier(template)}`),
    );
    await migrate(databaseUrl(server.url, template));
    // The days that `keepPartitions` makes: every test would make them for itself, which takes longer than to clone them.
    await withClient(databaseUrl(server.url, template), (client) =>
      ensurePartitions(poolSql(client), new Date(), 3),
    );
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide("maintenanceUrl", server.url);
  project.provide("templateDatabase", template);
  return async () => {
    await withClient(server.url, (client) => client.query(`DROP DATABASE ${pg.escapeIdentifier(template)}`));
    await server.stop();
  };
}

async function testServer(givenUrl: string | undefined): Promise<{ url: string; stop: () => Promise<void> }> {
  if (givenUrl) return { url: givenUrl, stop: async () => undefined };
  const folder = await makeTestFolder();
  const cluster = await startCluster({ folder: join(folder, "postgres"), password: "test", durable: false });
  const stop = async () => {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { url: cluster.connectionUrl("postgres"), stop };
}
