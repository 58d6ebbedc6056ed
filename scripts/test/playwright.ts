import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./run.ts";
import { honest, oneFailed, type Tally } from "./tally.ts";

/** Runs the end-to-end tests in a real Chromium and counts them. `chromium`: its path, or null where there is none. */
export async function runPlaywright(chromium: string | null): Promise<Tally> {
  if (chromium === null) {
    const missing = "  ✗ Chromium: not found. Install it, or set CHROMIUM_PATH to a Chromium or Chrome.";
    console.error(missing);
    return oneFailed(missing);
  }
  console.log(`  Chromium: ${chromium}`);
  const folder = await mkdtemp(join(tmpdir(), "posthorn-playwright-"));
  const resultFile = join(folder, "result.json");
  try {
    const ended = await run("@playwright/test/cli.js", ["test", "--reporter=list,json"], {
      env: { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: resultFile },
      minutesMax: 30,
      show: true,
    });
    const text = await readFile(resultFile, "utf8").catch(() => "{}");
    const { stats } = JSON.parse(text) as { stats?: { expected: number; unexpected: number; flaky: number } };
    const counted = { passed: stats?.expected ?? 0, failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0) };
    return honest(counted, ended);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
