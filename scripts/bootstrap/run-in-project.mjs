// A command of the project: its dependencies are installed first, then it runs on the project's own Node.js. Plain and
// without imports of theirs, because it runs before anything is installed.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { installDependencies } from "./dependencies.mjs";

/** Modules of the server say that they are its own: this condition is the one that Next builds them under. */
const serverModules = "--conditions=react-server";

/**
 * @param {readonly string[]} args of Node.js: options, and the script last. What the command itself was given follows.
 * @param {string} failure what to say when it cannot even begin
 */
export async function runInProject(args, failure) {
  try {
    await installDependencies((text) => console.log(`- ${text}`));
  } catch (error) {
    console.error(`${failure}: ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  }
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const child = spawn(`${root}node_modules/.bin/node`, [serverModules, ...args, ...process.argv.slice(2)], {
    cwd: root,
    stdio: "inherit",
  });
  for (const name of ["SIGINT", "SIGTERM"]) process.on(name, () => child.kill(name));
  child.on("exit", (code) => process.exit(code ?? 1));
}
