import { generateClient } from "../database/generate-client.ts";
import { runChaos } from "./chaos.ts";
import { findOrInstallChromium } from "./chromium.ts";
import { buildGate, staticGates } from "./gates.ts";
import { runPlaywright } from "./playwright.ts";
import { add, nothing, type Tally } from "./tally.ts";
import { runVitest } from "./vitest.ts";

const parts: Record<string, () => Promise<Tally>> = {
  static: staticGates,
  unit: () => runVitest("unit"),
  database: () => runVitest("database"),
  e2e: async () => {
    const [build, chromium] = await Promise.all([buildGate(), findOrInstallChromium()]);
    return build.failed > 0 ? build : add(build, await runPlaywright(chromium));
  },
  chaos: async () => {
    const build = await buildGate();
    return build.failed > 0 ? build : add(build, await runChaos());
  },
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`Unknown part: ${unknown.join(", ")}. There are: ${Object.keys(parts).join(", ")}.`);
  process.exit(2);
}

await generateClient();
let total = nothing;
for (const name of names.length > 0 ? names : Object.keys(parts)) {
  console.log(`\n== ${name}`);
  const tally = (await parts[name]?.()) ?? nothing;
  console.log(`== ${name}: ${tally.passed} passed, ${tally.failed} failed`);
  total = add(total, tally);
}
for (const report of total.reports) console.log(`\n== what failed, again\n${report}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
