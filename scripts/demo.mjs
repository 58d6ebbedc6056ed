// Started by the launcher beside a demo instance that is ready (scripts/launcher/demo.ts), with the server's
// environment: fills the instance once, runs its receivers, and publishes events until it is told to stop.
import "./source-modules.mjs";

const { runDemo } = await import("./demo/run-demo.ts");
await runDemo();
