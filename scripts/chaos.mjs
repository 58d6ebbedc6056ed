// npm run chaos: the chaos suite (chaos/). Like start.mjs it runs before anything is installed. It reads the ledger with
// the server's own queries.
import { runInProject } from "./bootstrap/run-in-project.mjs";

await runInProject(["--import", "tsx", "chaos/main.ts"], "The chaos suite cannot run");
