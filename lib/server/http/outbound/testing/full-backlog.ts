import "server-only";
import net from "node:net";
import { Worker } from "node:worker_threads";
import { onTestFinished } from "vitest";

/** Runs in a thread of its own: listens, says where, and then never accepts anything, because the thread sleeps. */
const listener = `
  const { parentPort } = require("node:worker_threads");
  const server = require("node:net").createServer();
  server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
  });
`;

/** An origin whose queue of connections is full, so that the next connection neither opens nor fails. */
export async function fullBacklog(): Promise<string> {
  const worker = new Worker(listener, { eval: true });
  const port = await new Promise<number>((resolve, reject) =>
    worker.once("message", resolve).once("error", reject),
  );
  const fillers: net.Socket[] = [];
  onTestFinished(async () => {
    for (const filler of fillers) filler.destroy();
    await worker.terminate();
  });
  await fillUntilOneHangs(port, fillers);
  return `http://127.0.0.1:${port}`;
}

async function fillUntilOneHangs(port: number, fillers: net.Socket[]): Promise<void> {
  for (;;) {
    const filler = net.connect(port, "127.0.0.1");
    filler.on("error", () => undefined);
    fillers.push(filler);
    const opened = await new Promise<boolean>((resolve) => {
      const giveUp = setTimeout(resolve, 200, false);
      filler.once("connect", () => {
        clearTimeout(giveUp);
        resolve(true);
      });
    });
    if (!opened) return;
  }
}
