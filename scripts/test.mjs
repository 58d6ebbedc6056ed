// npm test: everything, or the named parts (`npm test -- static unit database e2e`). Like start.mjs it runs before
// anything is installed.
import { installDependencies } from "./bootstrap/dependencies.mjs";
import { runOnProjectNode } from "./bootstrap/project-node.mjs";

try {
  const installed = await installDependencies((text) => console.log(`- ${text}`));
  console.log(`- Dependencies: ${installed ? "installed" : "up to date"}`);
  await runOnProjectNode(new URL("test/main.ts", import.meta.url), process.argv.slice(2));
} catch (error) {
  console.error(`The tests cannot run: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
