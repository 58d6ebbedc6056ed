// The one process of a container: checks the configuration, waits for the database, migrates it, and becomes the
// server. Bundled into one file by assemble.ts, so that the image needs neither the sources nor their dependencies.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseEnvironment } from "../../lib/schemas/environment.ts";
import { migrate } from "../database/migrate.ts";
import { waitForDatabase } from "../database/wait-for-database.ts";

const root = import.meta.dirname;

async function main(): Promise<void> {
  const parsed = parseEnvironment(process.env);
  const problems = parsed.ok ? [] : [...parsed.problems];
  if (parsed.ok && parsed.configuration.databaseUrl === null)
    problems.push("DATABASE_URL is not set: a container has no embedded PostgreSQL");
  if (!parsed.ok || parsed.configuration.databaseUrl === null)
    throw new Error(`the configuration has problems:\n- ${problems.join("\n- ")}`);
  const { databaseUrl, port, url, role } = parsed.configuration;
  await waitForDatabase(databaseUrl);
  const applied = await migrate(databaseUrl, join(root, "prisma", "migrations"));
  console.log(`- Migrations: ${applied.length === 0 ? "up to date" : `applied ${applied.join(", ")}`}`);
  Object.assign(process.env, {
    PORT: String(port),
    POSTHORN_URL: url,
    NEXTAUTH_URL: process.env.NEXTAUTH_URL || url,
    // A container's own HOSTNAME is its name, and Next would listen on the address behind it alone.
    HOSTNAME: process.env.POSTHORN_LISTEN_ADDRESS || "0.0.0.0",
    // The server's own shutdown waits for the worker; Next's would not.
    NEXT_MANUAL_SIG_HANDLE: "true",
  });
  console.log(`- Role: ${role}`);
  await import(pathToFileURL(join(root, "server.js")).href);
}

main().catch((error: unknown) => {
  console.error(`Posthorn cannot start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
