// npm run chaos: the chaos suite (chaos/). Like start.mjs it runs before anything is installed.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { installDependencies } from "./bootstrap/dependencies.mjs";

try {
  await installDependencies((text) => console.log(`- ${text}`));
} catch (error) {
  console.error(`The chaos suite cannot run: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}

const root = fileURLToPath(new URL("../", import.meta.url));
// It reads the ledger with the server's own queries, which are server-only: this condition is Next's for them.
const args = ["--conditions=react-server", "--import", "tsx", "chaos/main.ts", ...process.argv.slice(2)];
const child = spawn(`${root}node_modules/.bin/node`, args, { cwd: root, stdio: "inherit" });
for (const name of ["SIGINT", "SIGTERM"]) process.on(name, () => child.kill(name));
child.on("exit", (code) => process.exit(code ?? 1));
