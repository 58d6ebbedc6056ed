import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

// What the code needs: TypeScript without a build step, and the APIs of undici 8 and vitest 5.
const neededMajor = 24;

const projectNode = fileURLToPath(new URL("../../node_modules/node/bin/node", import.meta.url));

/**
 * Runs a module of this repository on Node.js 24: in this process when it is one (npm puts the project's own Node
 * first in the PATH, so that is the rule after the first start), else in the project's own, which is a dependency.
 * @param {URL} module
 * @param {readonly string[]} args
 */
export async function runOnProjectNode(module, args) {
  if (Number(process.versions.node.split(".")[0]) >= neededMajor) {
    process.argv.splice(1, Infinity, fileURLToPath(module), ...args);
    await import(module.href);
    return;
  }
  if (!existsSync(projectNode)) {
    throw new Error(
      `Node.js ${neededMajor} is needed and was not installed with the dependencies: npm may not run the install ` +
        `script of the package "node" (see "allowScripts" in package.json). Or start with Node.js ${neededMajor}.`,
    );
  }
  const child = spawn(projectNode, [fileURLToPath(module), ...args], {
    stdio: "inherit",
    env: { ...process.env, POSTHORN_BOOTSTRAP_PID: String(process.pid) },
  });
  for (const name of /** @type {const} */ (["SIGTERM", "SIGINT", "SIGHUP"])) {
    process.on(name, () => child.kill(name));
  }
  const code = await new Promise((done, fail) => {
    child.once("error", fail).once("exit", (exitCode) => done(exitCode ?? 1));
  });
  process.exit(code);
}
