import { mkdtemp, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { makeFolder } from "./make-folder.mjs";

let parent: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "posthorn-folder-"));
});
afterEach(() => rm(parent, { recursive: true }));

it("makes a folder with those above it, also when several do so at once", async () => {
  const folder = join(parent, "a", "b", "c");
  await Promise.all([makeFolder(folder), makeFolder(folder), makeFolder(join(parent, "a", "d"))]);
  expect((await stat(folder)).isDirectory()).toBe(true);
});

it("leaves a folder that is there alone, behind a link as well", async () => {
  const link = join(parent, "link");
  await symlink(parent, link);
  await makeFolder(link);
  await makeFolder(join(link, "below"));
  expect((await stat(join(parent, "below"))).isDirectory()).toBe(true);
});

it("says what is in the way", async () => {
  const file = join(parent, "file");
  await writeFile(file, "");
  await expect(makeFolder(file)).rejects.toMatchObject({ code: "EEXIST" });
  await expect(makeFolder(join(file, "below", "it"))).rejects.toMatchObject({ code: "ENOTDIR" });
});

it.runIf(process.platform === "linux")(
  "gives up where nothing can be made, instead of trying for ever",
  async () => {
    await expect(makeFolder("/proc/posthorn/data")).rejects.toMatchObject({ code: "ENOENT" });
  },
);
