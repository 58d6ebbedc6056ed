// The one process of a container: checks the configuration, waits for the database, migrates it, and becomes the
// server. Bundled into one file, so that the image needs neither the sources nor their dependencies.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { migrate } from "../database/migrate.ts";
import { waitForDatabase } from "../database/wait-for-database.ts";
import { migrationsFolder, readConfiguration } from "./instance.ts";

async function main(): Promise<void> {
  const { databaseUrl, port, listenAddress, url, role } = readConfiguration();
  await waitForDatabase(databaseUrl);
  const applied = await migrate(databaseUrl, migrationsFolder);
  console.log(`- Migrations: ${applied.length === 0 ? "up to date" : `applied ${applied.join(", ")}`}`);
  Object.assign(process.env, {
    PORT: String(port),
    POSTHORN_URL: url,
    NEXTAUTH_URL: process.env.NEXTAUTH_URL || url,
    // A container's own HOSTNAME is its name, and Next would listen on the address behind it alone.
    HOSTNAME: listenAddress ?? "0.0.0.0",
    // The server's own shutdown waits for the worker; Next's would not.
    NEXT_MANUAL_SIG_HANDLE: "true",
  });
  console.log(`- Role: ${role}`);
  await import(pathToFileURL(join(import.meta.dirname, "server.js")).href);
}

main().catch((error: unknown) => {
  console.error(`Posthorn cannot start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
