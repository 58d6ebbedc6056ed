import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { rewriteLock, tryLock, unlock } from "./file-lock.mjs";
import { birthOf } from "./processes.mjs";

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "posthorn-lock-"));
  file = join(folder, "sub", "lock");
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** The id of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn("true");
  await new Promise((done) => child.once("exit", done));
  return child.pid ?? 0;
}

it("is free at first and names its holder afterwards", async () => {
  expect(await tryLock(file, { port: 1 })).toBeNull();
  expect(await tryLock(file, { port: 2 })).toMatchObject({ pid: process.pid, port: 1 });
  await unlock(file);
  expect(await tryLock(file, { port: 3 })).toBeNull();
});

it("is taken over from a process that is gone", async () => {
  expect(await tryLock(file, {})).toBeNull();
  await writeFile(file, JSON.stringify({ pid: await deadPid(), birth: "1" }));
  expect(await tryLock(file, { port: 2 })).toBeNull();
  expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ pid: process.pid, port: 2 });
});

it("is taken over when its process id belongs to a younger process", async () => {
  expect(await tryLock(file, {})).toBeNull();
  await writeFile(file, JSON.stringify({ pid: process.pid, birth: "an earlier one" }));
  expect(await tryLock(file, {})).toBeNull();
});

it.each(["", "{", "null", '{"pid":"x"}', '{"pid":-1}'])("is taken over when it holds %j", async (text) => {
  expect(await tryLock(file, {})).toBeNull();
  await writeFile(file, text);
  expect(await tryLock(file, {})).toBeNull();
});

it("can be handed to another process", async () => {
  const child = spawn("sleep", ["60"]);
  try {
    expect(await tryLock(file, {})).toBeNull();
    await rewriteLock(file, {}, child.pid);
    expect(await tryLock(file, {})).toMatchObject({ pid: child.pid, birth: await birthOf(child.pid ?? 0) });
  } finally {
    child.kill("SIGKILL");
  }
});

it("goes to one of many that want it at once, and leaves no other file", async () => {
  const script = `import { tryLock } from ${JSON.stringify(new URL("./file-lock.mjs", import.meta.url).href)};
    const taken = (await tryLock(process.argv[1], {})) === null;
    process.stdout.write(taken ? "taken" : "refused");
    process.stdin.once("end", () => process.exit()).resume();`;
  const children = Array.from({ length: 6 }, () =>
    spawn(process.execPath, ["--input-type=module", "--eval", script, file], {
      stdio: ["pipe", "pipe", "inherit"],
    }),
  );
  const answers = await Promise.all(
    children.map(
      ({ stdout }) => new Promise<string>((done) => stdout.once("data", (chunk) => done(String(chunk)))),
    ),
  );
  expect(answers.filter((answer) => answer === "taken")).toHaveLength(1);
  expect(await readdir(join(folder, "sub"))).toEqual(["lock"]);
  await Promise.all(
    children.map((child) => {
      const ended = new Promise((done) => child.once("exit", done));
      child.stdin.end();
      return ended;
    }),
  );
});
