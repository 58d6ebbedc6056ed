import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ensureSecrets } from "./secrets.ts";

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "posthorn-secrets-"));
  file = join(folder, "secrets.json");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

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

it("makes no new key beside a database that was encrypted with another", async () => {
  const { databasePassword, demoPassword } = await ensureSecrets(folder);
  await mkdir(join(folder, "postgres"));
  await writeFile(file, JSON.stringify({ databasePassword, demoPassword }));
  await expect(ensureSecrets(folder)).rejects.toThrow(`${file} has no encryptionKey: restore it`);
  await writeFile(file, JSON.stringify({ demoPassword }));
  await expect(ensureSecrets(folder)).rejects.toThrow("has no databasePassword and no encryptionKey");
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual({ demoPassword });
});

it("misses no generated key where the environment has one", async () => {
  const { databasePassword } = await ensureSecrets(folder);
  await mkdir(join(folder, "postgres"));
  await writeFile(file, JSON.stringify({ databasePassword }));
  vi.stubEnv("POSTHORN_ENCRYPTION_KEY", randomBytes(32).toString("base64"));
  expect(await ensureSecrets(folder)).toMatchObject({ databasePassword });
});

it("makes what a newer version needs beside a database", async () => {
  const first = await ensureSecrets(folder);
  await mkdir(join(folder, "postgres"));
  await writeFile(file, JSON.stringify({ ...first, demoApiKey: undefined }));
  const { demoApiKey, ...rest } = await ensureSecrets(folder);
  expect(demoApiKey).toMatch(/^phk_demo_/);
  expect(first).toMatchObject(rest);
});

it("says which file is damaged, and leaves it as it is", async () => {
  await writeFile(file, '{"encryptionKey":');
  await expect(ensureSecrets(folder)).rejects.toThrow(`${file} is damaged: restore it`);
});
