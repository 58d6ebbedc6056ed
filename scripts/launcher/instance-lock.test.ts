import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { takeInstanceLock } from "./instance-lock.ts";
import type { Settings } from "./settings.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "posthorn-lock-"));
});
afterEach(() => rm(folder, { recursive: true }));

it("names the variable when the data folder cannot be made", async () => {
  await writeFile(join(folder, "file"), "");
  const impossible = [join(folder, "file"), join(folder, "file", "below"), "/proc/posthorn", "/proc/a/b"];
  for (const dataFolder of impossible) {
    const settings = { embedded: true, dataFolder, configuration: { port: 3000 } } as Settings;
    const taken = takeInstanceLock(settings, new AbortController().signal);
    await expect(taken).rejects.toThrow(/^POSTHORN_DATA_DIR must be a folder .*\([A-Z]+\)/);
  }
});
