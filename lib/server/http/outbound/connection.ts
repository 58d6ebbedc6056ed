import "server-only";
import type net from "node:net";
import { Client } from "undici";
import type { buildConnector } from "undici";
import type { OutboundExchange, ExchangeConnection } from "./exchange";
import { OutboundAbortError } from "./failure";
import type { OutboundStage } from "./failure";
import { openSocket } from "./open-socket";
import type { ConnectionTarget } from "./open-socket";
import { resolveCallable } from "./resolve-addresses";

export interface ConnectionOptions {
  headerBytesMax: number;
  keepAliveMs: number;
  /** The socket is gone while no exchange used it. */
  onIdleClosed(connection: Connection): void;
}

/**
 * One keep-alive connection to one origin, carrying one exchange at a time. An undici Client of its own, so that it is
 * known for whom a connection opens: its times go to that exchange, and its deadline ends the lookup and the handshake.
 */
export class Connection implements ExchangeConnection {
  readonly target: ConnectionTarget;
  exchange: OutboundExchange | null = null;
  stage: OutboundStage = "dns";
  dnsMs: number | null = null;
  connectMs: number | null = null;
  tlsMs: number | null = null;
  readonly #client: Client;
  #socket: net.Socket | null = null;
  #cancelOpening: ((reason: Error) => void) | null = null;

  constructor(target: ConnectionTarget, options: ConnectionOptions) {
    this.target = target;
    this.#client = new Client(target.origin, {
      connect: (_undiciOptions, callback) => this.#open(callback),
      pipelining: 1,
      // HTTP/1.1 only: one exchange per connection is what keeps a slow response from holding up others.
      allowH2: false,
      // The exchange's one deadline replaces all of undici's timers.
      headersTimeout: 0,
      bodyTimeout: 0,
      maxHeaderSize: options.headerBytesMax,
      keepAliveTimeout: options.keepAliveMs,
      keepAliveMaxTimeout: 60_000,
    });
    this.#client.on("disconnect", () => {
      if (!this.exchange) options.onIdleClosed(this);
    });
  }

  get host(): string {
    return this.target.displayHost;
  }

  /** False once the socket is closed or about to be, as after a response with `connection: close`. */
  get reusable(): boolean {
    return this.#socket !== null && !this.#socket.destroyed;
  }

  carry(exchange: OutboundExchange): void {
    this.exchange = exchange;
    exchange.connection = this;
    this.dnsMs = this.connectMs = this.tlsMs = null;
    const { path, method, headers, body } = exchange;
    this.#client.dispatch({ path, method, headers: headers as string[], body }, exchange);
  }

  /** Forgets the finished exchange. */
  release(): void {
    if (this.exchange) this.exchange.connection = null;
    this.exchange = null;
  }

  /** Ends everything at once: a lookup is no longer waited for, an opening or open socket is destroyed. */
  destroy(reason: Error): void {
    this.#client.destroy(reason, ignore);
    this.#cancelOpening?.(reason);
  }

  #open(callback: buildConnector.Callback): void {
    const startedAt = performance.now();
    this.stage = "dns";
    let settled = false;
    const settle = (error: Error | null, socket: net.Socket | null) => {
      if (settled) return;
      settled = true;
      this.#cancelOpening = null;
      if (error || !socket) return callback(error ?? new OutboundAbortError("no socket"), null);
      this.#socket = socket;
      this.stage = "headers";
      callback(null, socket);
    };
    this.#cancelOpening = (reason) => settle(reason, null);
    resolveCallable(this.target.host, this.target.allow, this.target.lookup).then(
      (addresses) => {
        if (settled) return;
        if (!this.target.literal) this.dnsMs = tenths(performance.now() - startedAt);
        this.#connect(addresses, settle);
      },
      (error: Error) => settle(error, null),
    );
  }

  #connect(
    addresses: Parameters<typeof openSocket>[1],
    settle: (error: Error | null, socket: net.Socket | null) => void,
  ): void {
    let since = performance.now();
    this.stage = "connect";
    const socket = openSocket(this.target, addresses, {
      onConnect: () => {
        const now = performance.now();
        this.connectMs = tenths(now - since);
        since = now;
        this.stage = "tls";
      },
      onReady: () => {
        if (this.target.secure) this.tlsMs = tenths(performance.now() - since);
        settle(null, socket);
      },
      onError: (error) => settle(error, null),
    });
    this.#cancelOpening = (reason) => {
      socket.destroy();
      settle(reason, null);
    };
  }
}

function ignore(): void {}

function tenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
