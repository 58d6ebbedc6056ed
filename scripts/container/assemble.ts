// Builds the folder that a container image is made of: `node scripts/container/assemble.ts <folder>`. It holds Next's
// standalone server with the few dependencies that it uses, the migrations, and main.ts as one file.
import { spawn } from "node:child_process";
import { cp, mkdir, readdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { generateClient } from "../database/generate-client.ts";

const root = resolve(import.meta.dirname, "../..");
/** Beside the launcher's own build, which is of another kind. */
const distDir = ".next-container";

async function assemble(folder: string): Promise<void> {
  if ((await readdir(folder).catch(() => [])).length > 0) throw new Error(`${folder} is not empty`);
  await generateClient();
  await buildServer();
  await mkdir(folder, { recursive: true });
  await cp(join(root, distDir, "standalone"), folder, { recursive: true, verbatimSymlinks: true });
  // Next's own server also serves what is public and static, when it lies beside it.
  await cp(join(root, distDir, "static"), join(folder, distDir, "static"), { recursive: true });
  await cp(join(root, "public"), join(folder, "public"), { recursive: true }).catch(ignoreMissing);
  await rm(join(folder, "prisma"), { recursive: true, force: true });
  await cp(join(root, "prisma/migrations"), join(folder, "prisma/migrations"), { recursive: true });
  await bundleEntry(folder);
}

async function buildServer(): Promise<void> {
  await rm(join(root, distDir), { recursive: true, force: true });
  const environment = {
    NODE_ENV: "production" as const,
    NEXT_TELEMETRY_DISABLED: "1",
    NEXT_OUTPUT: "standalone",
  };
  const child = spawn(process.execPath, [join(root, "node_modules/next/dist/bin/next"), "build"], {
    cwd: root,
    env: { ...process.env, ...environment, NEXT_DIST_DIR: distDir },
    stdio: "inherit",
  });
  const code = await new Promise((done, fail) => child.once("error", fail).once("exit", done));
  if (code !== 0) throw new Error("next build failed");
}

/** `pg` is in the standalone output already; the migration engine reads its .wasm from its package. */
async function bundleEntry(folder: string): Promise<void> {
  await build({
    entryPoints: [join(root, "scripts/container/main.ts")],
    outfile: join(folder, "main.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    external: ["pg", "@prisma/schema-engine-wasm"],
    logLevel: "warning",
  });
  const engine = "node_modules/@prisma/schema-engine-wasm";
  await cp(join(root, engine), join(folder, engine), { recursive: true });
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}

const [folder] = process.argv.slice(2);
if (!folder) throw new Error("Usage: node scripts/container/assemble.ts <folder>");
await assemble(resolve(folder));
