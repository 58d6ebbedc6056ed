import { prepareBuild } from "../scripts/launcher/build.ts";
import { chooseScenarios } from "./choose.ts";
import { runAll } from "./run.ts";
import { writeTable } from "./table.ts";

// npm run chaos [-- --quick | names of scenarios]: bounded, and it stops by itself.
const args = process.argv.slice(2);
const chosen = chooseScenarios(args);
if ("unknown" in chosen) {
  console.error(`Unknown scenario: ${chosen.unknown}. There are:\n${chosen.names.join("\n")}`);
  process.exit(2);
}
const stop = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stop.abort());
await prepareBuild("production", (text) => console.log(`- ${text}`), stop.signal).catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
setTimeout(() => stop.abort(), chosen.minutesMax * 60_000).unref();
const rows = await runAll(chosen, stop.signal);
const failed = rows.filter(({ problems }) => problems.length > 0).length;
const isCutShort = stop.signal.aborted;
if (isCutShort)
  console.error(`The run was stopped: ${rows.length} of ${chosen.plan.length} scenarios were begun.`);
await writeTable(rows, { intoDocument: chosen.isWhole && failed === 0 && !isCutShort });
console.log(`\n${rows.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 && rows.length > 0 && !isCutShort ? 0 : 1);
