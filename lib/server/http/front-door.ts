import "server-only";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Cidr } from "@/lib/domain/address-policy";
import { forwardedClient } from "@/lib/domain/client-address";
import { refusalOf } from "./refused-request";

/** A client that takes longer to send its request is gone or means harm. Node's own bound is five minutes. */
const requestMsMax = 60_000;

/**
 * Stands before every HTTP server of the process from now on: settles where a request comes from, and refuses what
 * Next would answer with an exception. Next keeps its server to itself; Node's diagnostics channel, which speaks
 * before the first listener hears of a request, is the documented way to it.
 */
export function guardFrontDoor(trustedProxies: readonly Cidr[]): void {
  const guarded = new WeakSet<Server>();
  subscribe("http.server.request.start", (message) => {
    const { server } = message as { server: Server };
    if (guarded.has(server)) return;
    guarded.add(server);
    guard(server, trustedProxies);
  });
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

function guard(server: Server, trustedProxies: readonly Cidr[]): void {
  server.requestTimeout = requestMsMax;
  const inside = server.listeners("request") as Listener[];
  server.removeAllListeners("request");
  server.on("request", (request, response) => {
    settleAddress(request, trustedProxies);
    const refusal = refusalOf(request.method ?? "", request.url ?? "");
    if (!refusal) for (const listener of inside) listener.call(server, request, response);
    // Its body is not read: the connection ends with the answer.
    else response.writeHead(refusal.status, refusal.headers).end(refusal.body);
  });
}

/** From here on one header says where the request comes from, and the client has not written it. */
function settleAddress(request: IncomingMessage, trustedProxies: readonly Cidr[]): void {
  const { headers, socket } = request;
  const forwardedFor = [headers["x-forwarded-for"] ?? []].flat().join(",");
  const client = forwardedClient(socket.remoteAddress, forwardedFor, trustedProxies);
  delete headers["x-real-ip"];
  if (client === null) delete headers["x-forwarded-for"];
  else headers["x-forwarded-for"] = client;
}
