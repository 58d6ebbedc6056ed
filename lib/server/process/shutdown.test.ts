import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const program = fileURLToPath(new URL("testing/served-process.ts", import.meta.url));

let child: ChildProcess;
let printed = "";
let url = "";

beforeEach(async () => {
  // In a React Server Components build, as Next makes one, `server-only` is empty.
  child = fork(program, {
    execArgv: ["--conditions=react-server"],
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  printed = "";
  child.stdout?.on("data", (chunk) => (printed += String(chunk)));
  url = `http://127.0.0.1:${(await said(/^port (\d+)$/))[1]}`;
}, 30_000);

afterEach(() => child.kill("SIGKILL"));

async function said(pattern: RegExp): Promise<RegExpExecArray> {
  for (;;) {
    const [text] = await once(child, "message");
    const match = pattern.exec(String(text));
    if (match) return match;
  }
}

/** The exit code, once everything that was printed has arrived. */
async function exit(): Promise<number | null> {
  const [[code]] = await Promise.all([once(child, "exit"), child.stdout && once(child.stdout, "end")]);
  return code;
}

describe("a process that is told to end", { timeout: 30_000 }, () => {
  it.each(["SIGTERM", "SIGINT"] as const)(
    "answers open requests, finishes its work and exits with 0 (%s)",
    async (name) => {
      const requested = said(/^request$/);
      const answer = fetch(url);
      await requested;
      const ended = exit();
      const finishing = said(/^finishing$/);
      child.kill(name);
      await finishing;
      child.send("finish work");
      child.send("answer");
      expect(await (await answer).text()).toBe("answered");
      expect(await ended).toBe(0);
      expect(printed).toBe("closed");
    },
  );

  it("accepts no new connection while it ends", async () => {
    const requested = said(/^request$/);
    const answer = fetch(url);
    await requested;
    const finishing = said(/^finishing$/);
    child.kill("SIGTERM");
    await finishing;
    await expect(fetch(url, { headers: { connection: "close" } })).rejects.toThrow("fetch failed");
    const ended = exit();
    child.send("answer");
    child.send("finish work");
    await answer;
    await ended;
  });

  it("ends in order when the launcher is gone", async () => {
    const ended = exit();
    child.disconnect();
    expect(await ended).toBe(0);
    expect(printed).toBe("closed");
  });
});
