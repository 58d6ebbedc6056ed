// npm run bench: the delivery benchmark (bench/). Like start.mjs it runs before anything is installed.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { installDependencies } from "./bootstrap/dependencies.mjs";
import { serverNodeArgs } from "./server-node-args.mjs";

try {
  await installDependencies((text) => console.log(`- ${text}`));
} catch (error) {
  console.error(`The benchmark cannot run: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}

const root = fileURLToPath(new URL("../", import.meta.url));
// The engine's modules are server-only: this condition is the one that Next builds them under.
const args = [
  ...serverNodeArgs,
  "--conditions=react-server",
  "--import",
  "tsx",
  "bench/main.ts",
  ...process.argv.slice(2),
];
const child = spawn(`${root}node_modules/.bin/node`, args, { cwd: root, stdio: "inherit" });
for (const name of ["SIGINT", "SIGTERM"]) process.on(name, () => child.kill(name));
child.on("exit", (code) => process.exit(code ?? 1));
