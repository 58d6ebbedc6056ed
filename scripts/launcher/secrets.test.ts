import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ensureSecrets } from "./secrets.ts";

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "posthorn-secrets-"));
  file = join(folder, "secrets.json");
});
afterEach(() => rm(folder, { recursive: true }));

it("makes secrets once, for their owner alone", async () => {
  const first = await ensureSecrets(folder);
  await mkdir(join(folder, "postgres"));
  expect(await ensureSecrets(folder)).toEqual(first);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

it("makes none for a database that has lost its own", async () => {
  await mkdir(join(folder, "postgres"));
  await expect(ensureSecrets(folder)).rejects.toThrow(`no ${file}: restore it`);
  expect(await readdir(folder)).toEqual(["postgres"]);
});

it("says which file is damaged, and leaves it as it is", async () => {
  await writeFile(file, '{"encryptionKey":');
  await expect(ensureSecrets(folder)).rejects.toThrow(`${file} is damaged: restore it`);
});
