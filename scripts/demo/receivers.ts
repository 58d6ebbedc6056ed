import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { demoAnswers } from "@/lib/server/demo/answers";
import { demoCast, type DemoEndpoint } from "@/lib/server/demo/cast";

export interface Receivers {
  port: number;
  close(): Promise<void>;
}

const usualPort = 4710;
const crawlEveryMs = 1_000;
/** Longer than any timeout of the demo; a sender that waits that long is let go. */
const crawlForMs = 60_000;

/**
 * One small server behind all endpoints of the demo; the path says whose receiver it is. `port` is the one that the
 * endpoints point at; null before there are any, then it takes its usual port or, if that is in use, a free one.
 */
export async function startReceivers(port: number | null): Promise<Receivers> {
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    const cast = demoCast.find(({ path }) => request.url === `/${path}`);
    request.resume();
    if (!cast) {
      response.writeHead(404).end();
      return;
    }
    const count = counts.get(cast.path) ?? 0;
    counts.set(cast.path, count + 1);
    request.once("end", () => answer(cast, count, request, response));
  });
  if (port !== null) await listen(server, port);
  else await listen(server, usualPort).catch(() => listen(server, 0));
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function answer(cast: DemoEndpoint, count: number, request: IncomingMessage, response: ServerResponse): void {
  const name = cast.answer(0, count);
  const { statusCode, headers, body } = demoAnswers[name];
  if (name === "refused") request.destroy();
  else if (name === "crawl") crawl(response);
  else
    setTimeout(
      () => response.writeHead(statusCode, headers).end(body),
      cast.usualMs * (0.7 + 0.6 * Math.random()),
    );
}

function crawl(response: ServerResponse): void {
  response.writeHead(200, demoAnswers.crawl.headers);
  const timer = setInterval(() => response.write("."), crawlEveryMs);
  const ending = setTimeout(() => response.end(), crawlForMs);
  response.once("close", () => {
    clearInterval(timer);
    clearTimeout(ending);
  });
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(port, "127.0.0.1", () => {
      server.removeListener("error", fail);
      done();
    });
  });
}
