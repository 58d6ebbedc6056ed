import "server-only";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";

interface RequestStarted {
  request: IncomingMessage;
  response: ServerResponse;
  server: Server;
}

/** The HTTP requests that this process is answering, and the servers they came through. */
export interface OpenRequests {
  /** Refuses new connections and resolves when the last open request is answered, or after `patienceMs`. */
  finish(patienceMs: number): Promise<void>;
}

/**
 * Watches every HTTP server of the process from now on. Next keeps its server to itself; Node's diagnostics channel
 * is the documented way to it.
 */
export function watchOpenRequests(): OpenRequests {
  const servers = new Set<Server>();
  const open = new Set<ServerResponse>();
  let whenEmpty: (() => void) | null = null;
  subscribe("http.server.request.start", (message) => {
    const { response, server } = message as RequestStarted;
    servers.add(server);
    open.add(response);
    // "close" comes for every response, also when the client has gone away.
    response.once("close", () => {
      open.delete(response);
      if (open.size === 0) whenEmpty?.();
    });
  });
  return {
    finish: async (patienceMs) => {
      for (const server of servers) server.close();
      if (open.size === 0) return;
      await new Promise<void>((done) => {
        whenEmpty = done;
        setTimeout(done, patienceMs).unref();
      });
    },
  };
}
