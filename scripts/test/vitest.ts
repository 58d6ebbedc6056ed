import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./run.ts";
import { honest, type Tally } from "./tally.ts";

/** Runs one of the projects of vitest.config.ts and counts its tests. */
export async function runVitest(project: "unit" | "database"): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), "posthorn-vitest-"));
  const resultFile = join(folder, "result.json");
  try {
    const args = [
      "run",
      "--project",
      project,
      "--reporter=dot",
      "--reporter=json",
      `--outputFile=${resultFile}`,
    ];
    const ended = await run("vitest/vitest.mjs", args, { minutesMax: 15, show: true });
    const text = await readFile(resultFile, "utf8").catch(() => "{}");
    const result = JSON.parse(text) as { numPassedTests?: number; numFailedTests?: number };
    return honest({ passed: result.numPassedTests ?? 0, failed: result.numFailedTests ?? 0 }, ended);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
