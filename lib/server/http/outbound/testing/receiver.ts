import "server-only";
import http from "node:http";
import net from "node:net";
import { onTestFinished } from "vitest";
import type { OutboundRequest } from "../exchange";

/** A server on 127.0.0.1 that lives as long as the test. `received` grows by the text of every socket. */
export interface Receiver {
  origin: string;
  port: number;
  /** Sockets accepted so far. */
  connectionCount: number;
  /** Everything read so far, over all sockets, as latin1. */
  received: string;
  /** Resolves when no socket is open any more; at once if so already. */
  allClosed(): Promise<void>;
}

/** Speaks no HTTP by itself: `onRequest` gets the socket whenever a complete request (by its length) has arrived. */
export async function rawReceiver(onRequest: (socket: net.Socket) => void): Promise<Receiver> {
  const server = net.createServer((socket) => {
    let pending = "";
    socket.on("data", (chunk) => {
      receiver.received += chunk.toString("latin1");
      pending += chunk.toString("latin1");
      if (!isComplete(pending)) return;
      pending = "";
      onRequest(socket);
    });
  });
  const receiver = await listen(server);
  return receiver;
}

/** A plain HTTP server of Node. */
export async function httpReceiver(handler: http.RequestListener): Promise<Receiver> {
  const server = http.createServer((request, response) => {
    request.resume().once("end", () => handler(request, response));
  });
  return listen(server);
}

/** `onConnection` gets every socket as it is accepted; nothing is read. */
export async function listenRaw(onConnection: (socket: net.Socket) => void): Promise<Receiver> {
  return listen(net.createServer(onConnection));
}

/** Accepts connections, reads what comes and never says a word. */
export async function silentReceiver(): Promise<Receiver> {
  return listen(net.createServer((socket) => socket.resume()));
}

export async function listen(server: net.Server, host = "127.0.0.1"): Promise<Receiver> {
  const open = new Set<net.Socket>();
  const waiting: (() => void)[] = [];
  server.on("connection", (socket) => {
    receiver.connectionCount += 1;
    open.add(socket);
    // Clients reset connections in these tests on purpose.
    socket.on("error", () => undefined);
    socket.once("close", () => {
      open.delete(socket);
      if (open.size === 0) for (const resolve of waiting.splice(0)) resolve();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as net.AddressInfo;
  const receiver: Receiver = {
    origin: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
    port,
    connectionCount: 0,
    received: "",
    allClosed: () => (open.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
  onTestFinished(async () => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return receiver;
}

function isComplete(text: string): boolean {
  const end = text.indexOf("\r\n\r\n");
  if (end === -1) return false;
  const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
  return text.length >= end + 4 + length;
}

/** A small signed-looking POST with a deadline of 300 ms. */
export function post(origin: string, changes: Partial<OutboundRequest> = {}): OutboundRequest {
  return {
    origin,
    path: "/hooks?source=test",
    method: "POST",
    headers: ["content-type", "application/json", "webhook-id", "evt_1"],
    body: '{"a":1}',
    timeoutMs: 300,
    ...changes,
  };
}
