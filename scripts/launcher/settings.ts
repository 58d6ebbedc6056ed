import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Configuration, parseEnvironment } from "../../lib/schemas/environment.ts";

export type Mode = "start" | "dev" | "demo";

export interface Settings {
  mode: Mode;
  configuration: Configuration;
  /** Absolute. */
  dataFolder: string;
  embedded: boolean;
}

export const root = fileURLToPath(new URL("../../", import.meta.url));

export function modeOf(args: readonly string[]): Mode {
  if (args.includes("--dev")) return "dev";
  return args.includes("--demo") ? "demo" : "start";
}

/** Reads `.env` and the environment. Returns every problem at once, by name. */
export function readSettings(mode: Mode): Settings | { problems: string[] } {
  if (existsSync(join(root, ".env"))) process.loadEnvFile(join(root, ".env"));
  if (mode === "demo") isolateDemo();
  const result = parseEnvironment(process.env);
  if (!result.ok) return { problems: result.problems };
  const { configuration } = result;
  return {
    mode,
    configuration,
    dataFolder: resolve(root, configuration.dataDir),
    embedded: configuration.databaseUrl === null,
  };
}

/** The demo writes made-up events: it must never reach a database, a mail server or a first admin that are real. */
function isolateDemo(): void {
  for (const name of Object.keys(process.env)) {
    if (/^(DATABASE_URL|SMTP_URL|POSTHORN_BOOTSTRAP_.*)$/.test(name)) delete process.env[name];
  }
  process.env.POSTHORN_DATA_DIR = ".posthorn-demo";
  // Its endpoints fail all the time: a line for each would bury how to sign in.
  process.env.LOG_LEVEL ??= "warn";
}
