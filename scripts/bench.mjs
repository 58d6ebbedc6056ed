// npm run bench: the delivery benchmark (bench/). Like start.mjs it runs before anything is installed.
import { runInProject } from "./bootstrap/run-in-project.mjs";
import { serverNodeArgs } from "./server-node-args.mjs";

await runInProject([...serverNodeArgs, "--import", "tsx", "bench/main.ts"], "The benchmark cannot run");
