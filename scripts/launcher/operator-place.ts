import { parseEnvironment } from "../../lib/schemas/environment.ts";
import { waitForDatabase } from "../database/wait-for-database.ts";
import { type OperatorPlace, say } from "../operator/place.ts";
import { applyMigrations } from "./database.ts";
import { findDatabase } from "./find-database.ts";
import { readSettings } from "./settings.ts";

/** A checkout: `npm run ...`, on the database of the environment or of the data folder. */
export const checkout: OperatorPlace = {
  nameOf: (command) => `npm run ${command}`,
  callOf: (command, args) => `npm run ${command} -- ${args}`,
  open: async ({ migrates }) => {
    const settings = readSettings("start");
    if ("problems" in settings)
      throw new Error(`the configuration has problems:\n- ${settings.problems.join("\n- ")}`);
    const { url, encryptionKeys, databaseUrl } = settings.configuration;
    if (databaseUrl !== null) await waitForDatabase(databaseUrl);
    const database = await findDatabase(settings, new AbortController().signal);
    try {
      if (migrates) await applyMigrations(database.url, say);
      const keys = encryptionKeys ?? generatedKeys(database.generatedKey);
      return { databaseUrl: database.url, encryptionKeys: keys, url, close: database.close };
    } catch (error) {
      await database.close();
      throw error;
    }
  },
};

function generatedKeys(text: string | null): readonly Buffer[] {
  const parsed = parseEnvironment({ POSTHORN_ENCRYPTION_KEY: text ?? "" });
  const keys = parsed.ok ? parsed.configuration.encryptionKeys : null;
  if (!keys) throw new Error("there is no POSTHORN_ENCRYPTION_KEY");
  return keys;
}
