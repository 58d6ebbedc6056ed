import "server-only";
import { type Configuration, type EnvironmentSource, parseEnvironment } from "../schemas/environment.ts";

/** The configuration of a running server: the launcher has filled in what embedded mode leaves unset. */
export type Env = Configuration & {
  databaseUrl: string;
  sessionSecret: string;
  encryptionKeys: readonly Buffer[];
};

/** Thrown once, at the start. Its message lists every problem by variable name and never shows a value. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
  constructor(readonly problems: readonly string[]) {
    super(
      `The configuration has ${problems.length === 1 ? "a problem" : "problems"}:\n- ${problems.join("\n- ")}`,
    );
  }
}

/** Throws EnvironmentError with every problem at once. */
export function loadEnv(source: EnvironmentSource): Env {
  const result = parseEnvironment(source);
  if (!result.ok) throw new EnvironmentError(result.problems);
  const { databaseUrl, sessionSecret, encryptionKeys } = result.configuration;
  if (databaseUrl === null || sessionSecret === null || encryptionKeys === null) {
    throw new EnvironmentError(["DATABASE_URL is not set: `npm start` provides the embedded PostgreSQL"]);
  }
  return { ...result.configuration, databaseUrl, sessionSecret, encryptionKeys };
}

let loaded: Env | undefined;

/** The configuration of this process, read at first use: `next build` imports modules without any of it. */
export function env(): Env {
  loaded ??= loadEnv(process.env);
  return loaded;
}
