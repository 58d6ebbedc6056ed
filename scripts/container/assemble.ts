// Builds the folder that a container image is made of: `node scripts/container/assemble.ts <folder>`. It holds Next's
// standalone server with the few dependencies that it uses, the migrations, and its programs as one file each.
import { spawn } from "node:child_process";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { generateClient } from "../database/generate-client.ts";
import { bundlePrograms } from "./bundle-programs.ts";

const root = resolve(import.meta.dirname, "../..");
/** Beside the launcher's own build, which is of another kind. tsconfig.json names it, or Next would write it there. */
const distDir = ".next-container";
/** In the checkout, and written by every build: whose types are those of its routes. */
const routeTypes = join(root, "next-env.d.ts");

async function assemble(folder: string): Promise<void> {
  if ((await readdir(folder).catch(() => [])).length > 0) throw new Error(`${folder} is not empty`);
  await generateClient();
  const kept = await readFile(routeTypes).catch(() => null);
  try {
    await buildServer();
    await copyServer(folder);
  } finally {
    // No trace of it in a checkout: tests assemble, too, and types of pages that are gone would be checked for ever.
    await rm(join(root, distDir), { recursive: true, force: true });
    await (kept ? writeFile(routeTypes, kept) : rm(routeTypes, { force: true }));
  }
  await bundlePrograms(folder);
}

async function copyServer(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await cp(join(root, distDir, "standalone"), folder, { recursive: true, verbatimSymlinks: true });
  // Next's own server also serves what is public and static, when it lies beside it.
  await cp(join(root, distDir, "static"), join(folder, distDir, "static"), { recursive: true });
  await cp(join(root, "public"), join(folder, "public"), { recursive: true }).catch(ignoreMissing);
  await rm(join(folder, "prisma"), { recursive: true, force: true });
  await cp(join(root, "prisma/migrations"), join(folder, "prisma/migrations"), { recursive: true });
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

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}

const [folder] = process.argv.slice(2);
if (!folder) throw new Error("Usage: node scripts/container/assemble.ts <folder>");
await assemble(resolve(folder));
