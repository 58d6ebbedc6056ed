import "server-only";
import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { appliedMigrations } from "@/lib/server/db/migrations";
import type { Deps } from "@/lib/server/deps";

/** `ok`, or in a few words what is wrong; nothing that an outsider could use. */
export interface Readiness {
  status: "ready" | "not_ready";
  database: string;
  migrations: string;
  /** Absent in a process without a worker. */
  worker?: string;
}

/** Whether the database answers, has every migration of this version, and the worker of this process is fresh. */
export async function checkReadiness(deps: Deps): Promise<Readiness> {
  const parts = { ...(await checkDatabase(deps)), ...checkWorker(deps) };
  const ready = Object.values(parts).every((part) => part === "ok");
  return { status: ready ? "ready" : "not_ready", ...parts };
}

async function checkDatabase(deps: Deps): Promise<{ database: string; migrations: string }> {
  try {
    const applied = new Set(await appliedMigrations(deps.sql));
    const missing = (await knownMigrations()).filter((name) => !applied.has(name));
    return { database: "ok", migrations: missing.length === 0 ? "ok" : `missing: ${missing.join(", ")}` };
  } catch (error) {
    deps.log.warn({ err: error }, "the database did not answer the readiness check");
    return { database: "does not answer", migrations: "not known" };
  }
}

function checkWorker(deps: Deps): { worker?: string } {
  if (deps.env.role === "web") return {};
  return { worker: deps.service ? (deps.service.problem() ?? "ok") : "has not started yet" };
}

let known: string[] | undefined;

/** The migrations that this version brings, by the names of their folders. They do not change while it runs. */
async function knownMigrations(): Promise<string[]> {
  if (known) return known;
  const folder = join(/* turbopackIgnore: true */ process.cwd(), "prisma", "migrations");
  const paths = await readdir(folder, { recursive: true });
  known = paths.filter((path) => basename(path) === "migration.sql").map(dirname);
  return known;
}
