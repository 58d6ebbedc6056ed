import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";

const execute = promisify(execFile);

const root = new URL("../../", import.meta.url);
const stampFile = new URL("lib/server/db/generated/.schema-sha256", root);

/** Writes Prisma's client into lib/server/db/generated when the schema or Prisma has changed; says whether it did. */
export async function generateClient(): Promise<boolean> {
  const wanted = await sourceHash();
  const present = await readFile(stampFile, "utf8").catch(() => null);
  if (present === wanted) return false;
  await execute(
    process.execPath,
    [new URL("node_modules/prisma/build/index.js", root).pathname, "generate"],
    {
      cwd: root.pathname,
      env: {
        ...process.env,
        // `generate` does not use the schema engine, but would download it; it accepts any file that exists.
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
        CHECKPOINT_DISABLE: "1",
      },
    },
  );
  await writeFile(stampFile, wanted);
  return true;
}

async function sourceHash(): Promise<string> {
  const hash = createHash("sha256");
  for (const file of ["prisma/schema.prisma", "node_modules/prisma/package.json"]) {
    hash.update(await readFile(new URL(file, root)));
  }
  return hash.digest("hex");
}
