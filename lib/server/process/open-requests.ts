import "server-only";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

interface RequestStarted {
  request: IncomingMessage;
  response: ServerResponse;
  server: Server;
}

/** The HTTP requests that this process is answering, and the servers they came through. */
export interface OpenRequests {
  /**
   * Refuses new connections and resolves when the last one has ended, or after `patienceMs`. What still comes over a
   * connection that is open is answered, and its answer ends the connection.
   */
  finish(patienceMs: number): Promise<void>;
}

/**
 * Watches every HTTP server of the process from now on. Next keeps its server to itself; Node's diagnostics channel
 * is the documented way to it.
 */
export function watchOpenRequests(): OpenRequests {
  const servers = new Set<Server>();
  const open = new Set<ServerResponse>();
  let isFinishing = false;
  subscribe("http.server.request.start", (message) => {
    const { response, server } = message as RequestStarted;
    servers.add(server);
    open.add(response);
    if (isFinishing) endConnectionAfter(response);
    // "close" comes for every response, also when the client has gone away.
    response.once("close", () => {
      open.delete(response);
      // Its head may have been sent before: then its connection is kept, and nobody would close it.
      if (isFinishing) server.closeIdleConnections();
    });
  });
  return {
    finish: async (patienceMs) => {
      isFinishing = true;
      for (const response of open) endConnectionAfter(response);
      const allEnded = Promise.all([...servers].map(closed));
      await Promise.race([allEnded, delay(patienceMs, undefined, { ref: false })]);
    },
  };
}

function endConnectionAfter(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader("Connection", "close");
}

/** Calls back when its last connection has ended; at once, with an error, where it does not listen. */
function closed(server: Server): Promise<void> {
  return new Promise((done) => server.close(() => done()));
}
