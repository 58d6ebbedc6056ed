// npm run rotate-keys: encrypts every secret with the first key of POSTHORN_ENCRYPTION_KEY. Like start.mjs it runs
// before anything is installed.
import { runInProject } from "./bootstrap/run-in-project.mjs";

await runInProject(["scripts/rotate-keys/main.ts"], "The keys cannot be rotated");
