import { spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "./settings.ts";

/**
 * Runs scripts/demo.mjs beside a demo instance that is ready, with the server's environment: it seeds the demo
 * organization, runs its receivers and sends its traffic until it is told to stop (SIGTERM).
 */
export function startDemo(environment: NodeJS.ProcessEnv): { stop(): Promise<void> } {
  const child = spawn(process.execPath, [join(root, "scripts/demo.mjs")], {
    cwd: root,
    env: environment,
    detached: true,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ended = new Promise<void>((done) => {
    child.once("error", () => done());
    child.once("exit", (code) => {
      if (code) console.error(`The demo's own traffic ended (exit code ${code}); Posthorn goes on.`);
      done();
    });
  });
  return {
    stop: async () => {
      child.kill("SIGTERM");
      const force = setTimeout(() => child.kill("SIGKILL"), 5_000);
      await ended;
      clearTimeout(force);
    },
  };
}
