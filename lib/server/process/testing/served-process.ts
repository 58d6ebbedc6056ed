// A program for shutdown.test.ts: an HTTP server and a worker that both have something in flight. It prints what
// happens, and answers a request when it is told to, over its channel.
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { shutDownWith } from "../shutdown.ts";

const say = (text: string) => process.connected && process.send?.(text);
let finishWork: () => void = () => undefined;
const work = new Promise<void>((done) => (finishWork = done));
const waiting: ServerResponse[] = [];

shutDownWith({
  finish: async () => {
    say("finishing");
    await work;
  },
  close: async () => void process.stdout.write("closed"),
  onTrouble: (error) => void process.stdout.write(`trouble: ${error.message}`),
});

process.on("message", (message) => {
  if (message === "finish work") finishWork();
  if (message === "answer") for (const response of waiting) response.end("answered");
});
// Without a launcher's channel there is nobody to tell it to go on.
process.on("disconnect", () => finishWork());

const server = createServer(({ url }, response) => {
  if (url === "/begun") response.write("beginning, ");
  waiting.push(response);
  say("request");
});
// Longer than any test: what ends a connection is the shutdown.
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => say(`port ${(server.address() as AddressInfo).port}`));
