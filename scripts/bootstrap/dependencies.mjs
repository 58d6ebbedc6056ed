import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { access, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { withSetupLock } from "./setup-lock.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const stampFile = `${root}node_modules/.posthorn-lock-sha256`;

/**
 * Installs exactly what package-lock.json says when something else, or nothing, is installed. Says whether it did.
 * Throws when npm fails; npm has said why.
 * @param {(text: string) => void} announce called before a step that takes long
 */
export async function installDependencies(announce) {
  if (await isStamped()) return false;
  return withSetupLock(async (handOver) => {
    if (await isStamped()) return false; // another start has just done it
    const wanted = await lockHash();
    const matches = await installedMatchesLock();
    if (!matches) {
      announce("Installing dependencies (once per version, about a minute)");
      await npmCi(handOver);
    }
    await writeFile(stampFile, wanted);
    return !matches;
  });
}

async function lockHash() {
  return createHash("sha256")
    .update(await readFile(`${root}package-lock.json`))
    .digest("hex");
}

async function isStamped() {
  const stamp = await readFile(stampFile, "utf8").catch(() => null);
  return stamp !== null && stamp === (await lockHash());
}

/**
 * Whether somebody has already run `npm ci` or `npm install`: npm writes what it installed, last of all, into
 * node_modules/.package-lock.json. Optional packages may be missing: they are other platforms'.
 */
async function installedMatchesLock() {
  const installedText = await readFile(`${root}node_modules/.package-lock.json`, "utf8").catch(() => null);
  if (installedText === null) return false;
  const installed = JSON.parse(installedText).packages ?? {};
  const wanted = JSON.parse(await readFile(`${root}package-lock.json`, "utf8")).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === "") continue;
    const found = installed[path];
    if (found ? found.version !== entry.version : !entry.optional && !entry.devOptional) return false;
  }
  return access(`${root}node_modules/.bin/next`).then(
    () => true,
    () => false,
  );
}

/** @param {(pid: number) => Promise<void>} handOver */
async function npmCi(handOver) {
  // NODE_ENV=production must not leave out what the build needs: there is one set of dependencies.
  const args = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = process.env.npm_execpath;
  const [command, allArgs] = npm?.endsWith("npm-cli.js") ? [process.execPath, [npm, ...args]] : ["npm", args];
  const child = spawn(command, allArgs, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  const ended = new Promise((done, fail) => child.once("error", fail).once("exit", done));
  if (child.pid) await handOver(child.pid);
  const code = await ended;
  if (code !== 0) throw new Error(`npm ci failed (exit code ${code}).`);
}
