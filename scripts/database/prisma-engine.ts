import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import type pg from "pg";
import type { Migration } from "./migrate.ts";

/**
 * Applies what is missing with Prisma's own engine, through `pool`, and returns the names. The engine is the
 * WebAssembly one from npm, because the usual binary would be downloaded from outside the package registry.
 */
export async function applyWithPrismaEngine(
  pool: pg.Pool,
  folder: string,
  migrations: readonly Migration[],
): Promise<string[]> {
  const scriptErrors: Error[] = [];
  const nameOf = (script: string) => migrations.find((migration) => migration.script === script)?.name ?? "?";
  const engine = await openEngine(adapterFactory(pool, nameOf, scriptErrors));
  try {
    const result = await engine.applyMigrations({
      migrationsList: {
        baseDir: folder,
        lockfile: {
          path: "migration_lock.toml",
          content: await readFile(join(folder, "migration_lock.toml"), "utf8").catch(() => null),
        },
        shadowDbInitScript: "",
        migrationDirectories: migrations.map(({ name, script }) => ({
          path: name,
          migrationFile: { path: "migration.sql", content: { tag: "ok", value: script } },
        })),
      },
      filters: { externalTables: [], externalEnums: [] },
    });
    return result.appliedMigrationNames;
  } catch (error) {
    // The engine replaces PostgreSQL's message by its own about the bookkeeping that could not follow.
    throw scriptErrors[0] ?? error;
  } finally {
    engine.free();
  }
}

async function openEngine(factory: object): Promise<SchemaEngine> {
  loadedBindings ??= loadBindings();
  const ignoreLog = () => undefined;
  return (await loadedBindings).SchemaEngine.new({ datamodels: undefined }, ignoreLog, factory);
}

interface Bindings {
  SchemaEngine: { new: (options: object, log: () => void, factory: object) => Promise<SchemaEngine> };
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
}

// Once per process: the bindings hold one instance, and a second one would pull it from under the first.
let loadedBindings: Promise<Bindings> | undefined;

/** The package's own entry imports the .wasm as a module, which plain Node does not do. */
async function loadBindings(): Promise<Bindings> {
  const bindings = (await import("@prisma/schema-engine-wasm/schema_engine_bg" as string)) as Bindings;
  const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm");
  const { instance } = await WebAssembly.instantiate(
    await readFile(join(dirname(entry), "schema_engine_bg.wasm")),
    {
      "./schema_engine_bg.js": { ...(bindings as object), ...timersThatLetGo(bindings) },
    },
  );
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports as { __wbindgen_start(): void }).__wbindgen_start();
  return bindings;
}

/** The engine never clears the ten seconds it allows for its lock; they would keep a finished process alive. */
function timersThatLetGo(bindings: object): WebAssembly.ModuleImports {
  const names = Object.keys(bindings).filter((name) => name.startsWith("__wbg_setTimeout_"));
  const setUnrefTimeout = (callback: () => void, delayMs: number) =>
    setTimeout(callback, delayMs >>> 0).unref();
  return Object.fromEntries(names.map((name) => [name, setUnrefTimeout]));
}

/**
 * Prisma's adapter, but for scripts: it splits them at every semicolon, also inside a function's body or a text.
 * PostgreSQL runs a whole script at once.
 */
function adapterFactory(pool: pg.Pool, nameOf: (script: string) => string, scriptErrors: Error[]): object {
  const factory = new PrismaPg(pool);
  const wholeScripts: SqlMigrationAwareDriverAdapterFactory = {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connectToShadowDb: () => factory.connectToShadowDb(),
    connect: async () => {
      const adapter = await factory.connect();
      adapter.executeScript = async (script: string) => {
        await pool.query(script).catch((error: Error) => {
          scriptErrors.push(
            new Error(`Migration ${nameOf(script)} failed: ${error.message}`, { cause: error }),
          );
          throw error;
        });
      };
      return adapter;
    },
  };
  return bindMigrationAwareSqlAdapterFactory(wholeScripts);
}
