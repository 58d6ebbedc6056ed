// npm run password-link -- someone@example.com: a link by which that person sets a password. Like start.mjs it runs
// before anything is installed.
import { runInProject } from "./bootstrap/run-in-project.mjs";

await runInProject(["scripts/password-link/main.ts"], "No link can be made");
