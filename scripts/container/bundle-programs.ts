import { chmod, cp, mkdir, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build } from "esbuild";

const root = resolve(import.meta.dirname, "../..");
/** What an operator runs in a container. */
const commands = ["rotate-keys", "password-link"];

/**
 * The programs of the image, one file each: `main.mjs` and the commands, which stand in `bin` by their plain names. `pg` is
 * in the standalone output already; the migration engine reads its .wasm from its package.
 */
export async function bundlePrograms(folder: string): Promise<void> {
  await build({
    entryPoints: ["main", ...commands].map((name) => join(root, `scripts/container/${name}.ts`)),
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    // Modules of the server say that they are its own; this condition makes that nothing.
    conditions: ["react-server"],
    external: ["pg", "@prisma/schema-engine-wasm"],
    logLevel: "warning",
  });
  await mkdir(join(folder, "bin"));
  for (const name of commands) {
    await chmod(join(folder, `${name}.mjs`), 0o755);
    await symlink(`../${name}.mjs`, join(folder, "bin", name));
  }
  const engine = "node_modules/@prisma/schema-engine-wasm";
  await cp(join(root, engine), join(folder, engine), { recursive: true });
}
