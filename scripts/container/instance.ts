// What every program of the image begins with. Bundled into each of them (bundle-programs.ts), beside the migrations.
import { join } from "node:path";
import { type Configuration, parseEnvironment } from "../../lib/schemas/environment.ts";
import { isMigrated } from "../database/migrate.ts";
import { waitForDatabase } from "../database/wait-for-database.ts";
import type { OperatorPlace } from "../operator/place.ts";

export const migrationsFolder = join(import.meta.dirname, "prisma", "migrations");

/** Throws every problem at once, by name. */
export function readConfiguration(): Configuration & { databaseUrl: string } {
  const parsed = parseEnvironment(process.env);
  const problems = parsed.ok ? [] : [...parsed.problems];
  if (parsed.ok && parsed.configuration.databaseUrl === null)
    problems.push("DATABASE_URL is not set: a container has no embedded PostgreSQL");
  if (!parsed.ok || parsed.configuration.databaseUrl === null)
    throw new Error(`the configuration has problems:\n- ${problems.join("\n- ")}`);
  return { ...parsed.configuration, databaseUrl: parsed.configuration.databaseUrl };
}

/**
 * A container: commands are on its PATH. They change no schema: a new image that is tried beside workers of the earlier
 * version must not migrate the database under them.
 */
export const container: OperatorPlace = {
  nameOf: (command) => command,
  callOf: (command, args) => `${command} ${args}`,
  open: async () => {
    const { databaseUrl, encryptionKeys, url } = readConfiguration();
    await waitForDatabase(databaseUrl);
    if (!(await isMigrated(databaseUrl, migrationsFolder)))
      throw new Error("the database is of an earlier version: start Posthorn of this version first");
    return { databaseUrl, encryptionKeys: encryptionKeys ?? [], url, close: () => Promise.resolve() };
  },
};
