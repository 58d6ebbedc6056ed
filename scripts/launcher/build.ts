import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withSetupLock } from "../bootstrap/setup-lock.mjs";
import { generateClient } from "../database/generate-client.ts";
import { root } from "./settings.ts";

const stampFile = join(root, process.env.NEXT_DIST_DIR || ".next", "posthorn-source-sha256");

/** What a build is made of. Tests, scripts and documents are not in it. */
const sources = [
  ...["app", "components", "lib", "public", "prisma/schema.prisma"],
  ...["instrumentation.ts", "middleware.ts", "proxy.ts", "next.config.js", "postcss.config.mjs"],
  ...["tsconfig.json", "package.json", "package-lock.json"],
];

/**
 * Generates Prisma's client and, for production, builds when there is no build of exactly this source. Says whether
 * it built. The builder's own output is only shown when it fails.
 */
export async function prepareBuild(
  kind: "production" | "development",
  announce: (text: string) => void,
  stop: AbortSignal,
): Promise<"built" | "current"> {
  return withSetupLock(async (handOver) => {
    await generateClient();
    if (kind === "development") return "current";
    const wanted = await sourceHash();
    if ((await readFile(stampFile, "utf8").catch(() => null)) === wanted) return "current";
    announce("Building (once per version, half a minute or so)");
    await rm(stampFile, { force: true }); // first, so that a build that is killed is not taken for one
    await nextBuild(handOver, stop);
    await writeFile(stampFile, wanted);
    return "built";
  }, stop);
}

async function nextBuild(handOver: (pid: number) => Promise<void>, stop: AbortSignal): Promise<void> {
  const child = spawn(process.execPath, [join(root, "node_modules/next/dist/bin/next"), "build"], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    signal: stop,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => (output += chunk.toString("utf8")));
  }
  const ended = new Promise<number | null>((done, fail) => child.once("error", fail).once("close", done));
  if (child.pid) await handOver(child.pid);
  if ((await ended) !== 0) throw new Error(`next build failed:\n${output.trim()}`);
}

async function sourceHash(): Promise<string> {
  const hash = createHash("sha256");
  for (const source of sources) {
    for (const file of await filesBelow(source)) {
      hash.update(`${file}\0`);
      hash.update(await readFile(join(root, file)));
    }
  }
  return hash.digest("hex");
}

/** Paths relative to the repository, in a stable order. A path that does not exist has none. */
async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(join(root, path), { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => error.code,
  );
  if (entries === "ENOTDIR") return [path];
  if (!Array.isArray(entries)) return [];
  const found = await Promise.all(
    entries
      .filter((entry) => entry.name !== "generated" && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => (entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)])),
  );
  return found.flat().sort();
}
