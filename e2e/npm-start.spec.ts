import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";

test("npm start ends with exit code 0 when npm itself is told to stop", async () => {
  test.setTimeout(120_000);
  const dataFolder = await mkdtemp(join(tmpdir(), "posthorn-npm-"));
  const npm = spawn("npm", ["start"], {
    env: { ...process.env, PORT: "4791", POSTHORN_DATA_DIR: dataFolder },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(npm, "exit");
  try {
    let output = "";
    npm.stdout.on("data", (chunk: Buffer) => (output += chunk.toString("utf8")));
    await expect.poll(() => output, { timeout: 90_000 }).toContain("Posthorn ready on http://localhost:4791");
    npm.kill("SIGTERM");
    const [code] = (await exited) as [number | null];
    expect(code).toBe(0);
    expect(output).toContain("Posthorn stopped");
  } finally {
    if (npm.exitCode === null) npm.kill("SIGTERM");
    await rm(dataFolder, { recursive: true, force: true });
  }
});
