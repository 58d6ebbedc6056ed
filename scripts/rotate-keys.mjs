// npm run rotate-keys: encrypts every secret with the first key of POSTHORN_ENCRYPTION_KEY. Like start.mjs it runs
// before anything is installed.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { installDependencies } from "./bootstrap/dependencies.mjs";

try {
  await installDependencies((text) => console.log(`- ${text}`));
} catch (error) {
  console.error(`The keys cannot be rotated: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}

const root = fileURLToPath(new URL("../", import.meta.url));
// Modules of the server say that they are its own: this condition is the one that Next builds them under.
const args = ["--conditions=react-server", "scripts/rotate-keys/main.ts", ...process.argv.slice(2)];
const child = spawn(`${root}node_modules/.bin/node`, args, { cwd: root, stdio: "inherit" });
for (const name of ["SIGINT", "SIGTERM"]) process.on(name, () => child.kill(name));
child.on("exit", (code) => process.exit(code ?? 1));
