// npm start, npm run dev (--dev) and npm run demo (--demo). Runs on any Node.js from 20.19 on, with nothing installed:
// no import here may reach into node_modules. Everything after the installation is in launcher/, on Node.js 24.
import { installDependencies } from "./bootstrap/dependencies.mjs";
import { runOnProjectNode } from "./bootstrap/project-node.mjs";

try {
  const installed = await installDependencies((text) => console.log(`- ${text}`));
  console.log(`- Dependencies: ${installed ? "installed" : "up to date"}`);
  await runOnProjectNode(new URL("launcher/main.ts", import.meta.url), process.argv.slice(2));
} catch (error) {
  console.error(`Posthorn cannot start: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
