import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { Agent, get, type IncomingMessage } from "node:http";
import { connect } from "node:net";
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

  // A publisher's connection stays open: what it sent while the worker was still finishing met a closed database.
  it("lets no request follow over a connection that was open", async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const requested = said(/^request$/);
    const answer = once(get(url, { agent }), "response") as Promise<[IncomingMessage]>;
    await requested;
    const finishing = said(/^finishing$/);
    child.kill("SIGTERM");
    await finishing;
    const ended = exit();
    child.send("answer");
    const [response] = await answer;
    expect(response.headers.connection).toBe("close");
    response.resume();
    await once(response, "close");
    child.send("finish work");
    expect(await ended).toBe(0);
    expect(printed).toBe("closed");
  });

  it("ends a connection whose answer had begun to keep it open", async () => {
    const requested = said(/^request$/);
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    const closed = once(socket, "close");
    socket.resume();
    socket.write("GET /begun HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    await requested;
    const finishing = said(/^finishing$/);
    child.kill("SIGTERM");
    await finishing;
    child.send("answer");
    await closed;
    const ended = exit();
    child.send("finish work");
    expect(await ended).toBe(0);
  });

  it("ends in order when the launcher is gone", async () => {
    const ended = exit();
    child.disconnect();
    expect(await ended).toBe(0);
    expect(printed).toBe("closed");
  });
});
