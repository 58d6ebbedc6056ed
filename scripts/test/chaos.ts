import { run } from "./run.ts";
import { honest, type Tally } from "./tally.ts";

/** The part of the chaos suite that has its place in every test run, each scenario counted as one test. */
export async function runChaos(): Promise<Tally> {
  const program = ["--conditions=react-server", "--import", "tsx", "chaos/main.ts", "--quick"];
  const ended = await run(null, program, { minutesMax: 3, show: false });
  const lines = ended.output.split("\n").filter((line) => line !== "" && !line.startsWith("|"));
  console.log(lines.map((line) => `  ${line}`).join("\n"));
  const [, passed = 0, failed = 0] = (/^(\d+) passed, (\d+) failed$/m.exec(ended.output) ?? []).map(Number);
  return honest({ passed, failed }, ended);
}
