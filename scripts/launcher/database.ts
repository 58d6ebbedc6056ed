import { join, relative } from "node:path";
import { migrate } from "../database/migrate.ts";
import { type Cluster, startCluster } from "../postgres/cluster.ts";
import { ensureDatabase } from "../postgres/connection.ts";
import { ensureSecrets, type Secrets } from "./secrets.ts";
import { root, type Settings } from "./settings.ts";

const databaseName = "posthorn";

/** What embedded mode adds to the server's environment, and the cluster behind it. */
export interface EmbeddedDatabase {
  cluster: Cluster;
  environment: Record<string, string>;
}

export async function startEmbeddedDatabase(
  { dataFolder, mode }: Settings,
  announce: (text: string) => void,
): Promise<EmbeddedDatabase> {
  const secrets = await ensureSecrets(dataFolder);
  const folder = join(dataFolder, "postgres");
  const cluster = await startCluster({ folder, password: secrets.databasePassword, durable: true });
  announce(
    `Database: embedded PostgreSQL ${cluster.adopted ? "was still running" : "started"} ` +
      `in ${relative(root, folder) || folder}`,
  );
  await ensureDatabase(cluster.connectionUrl("postgres"), databaseName);
  return {
    cluster,
    environment: {
      DATABASE_URL: cluster.connectionUrl(databaseName),
      NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET || secrets.sessionSecret,
      POSTHORN_ENCRYPTION_KEY: process.env.POSTHORN_ENCRYPTION_KEY || secrets.encryptionKey,
      ...(mode === "demo" ? demoBootstrap(secrets) : {}),
    },
  };
}

function demoBootstrap(secrets: Secrets): Record<string, string> {
  return {
    POSTHORN_BOOTSTRAP_EMAIL: "demo@posthorn.example",
    POSTHORN_BOOTSTRAP_PASSWORD: secrets.demoPassword,
    POSTHORN_BOOTSTRAP_ORGANIZATION: "Demo",
    POSTHORN_BOOTSTRAP_API_KEY: secrets.demoApiKey,
  };
}

export async function applyMigrations(databaseUrl: string, announce: (text: string) => void): Promise<void> {
  const applied = await migrate(databaseUrl);
  announce(`Migrations: ${applied.length === 0 ? "up to date" : `applied ${applied.join(", ")}`}`);
}
