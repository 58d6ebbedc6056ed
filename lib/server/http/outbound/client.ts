import "server-only";
import { createSecureContext } from "node:tls";
import type { Cidr } from "@/lib/domain/address-policy";
import { Connection } from "./connection";
import type { ConnectionOptions } from "./connection";
import { OutboundExchange } from "./exchange";
import type { ExchangeCarrier, OutboundRequest, OutboundResult } from "./exchange";
import { OutboundAbortError } from "./failure";
import { lookupInLanes, slowLookupsMax } from "./lookup-lanes";
import { describeTarget } from "./open-socket";
import type { ConnectionTarget } from "./open-socket";
import { lookupAll } from "./resolve-addresses";
import type { Lookup } from "./resolve-addresses";

export interface OutboundClientOptions {
  /** Ranges that may be called although they are not public (POSTHORN_EGRESS_ALLOW). */
  allow: readonly Cidr[];
  lookup?: Lookup;
  /** Bytes of a response body that are kept. Default 16 KiB. */
  responseBytesMax?: number;
  /** Bytes of a response body that are read, so that the connection can be used again. Default 256 KiB. */
  readBytesMax?: number;
  /** Bytes of all response headers together. Default 16 KiB. */
  headerBytesMax?: number;
  /** How long an unused connection stays open when the server does not say. Default 4 s. */
  keepAliveMs?: number;
  /** Unused connections kept over all origins; the longest unused goes first. Default 1000. */
  idleConnectionsMax?: number;
  /** Certificate authorities to trust instead of Node's own (PEM). */
  certificateAuthorities?: string;
}

interface Origin {
  readonly target: ConnectionTarget;
  /** Last in, first out, so that a burst's surplus connections can grow old. */
  readonly idle: Connection[];
  connectionCount: number;
}

/** The only way out: every outbound request of Posthorn goes through one of these. Never a proxy, never a redirect. */
export class OutboundClient implements ExchangeCarrier {
  readonly responseBytesMax: number;
  readonly readBytesMax: number;
  readonly #options: OutboundClientOptions;
  readonly #shared: Pick<ConnectionTarget, "allow" | "lookup" | "secureContext">;
  readonly #connectionOptions: ConnectionOptions;
  readonly #origins = new Map<string, Origin>();
  readonly #connections = new Set<Connection>();
  #idleCount = 0;
  #busyCount = 0;
  #settled: OutboundExchange[] = [];
  #closing = false;
  #drained: (() => void)[] = [];

  constructor(options: OutboundClientOptions) {
    this.#options = options;
    this.responseBytesMax = options.responseBytesMax ?? 16 * 1024;
    this.readBytesMax = options.readBytesMax ?? 256 * 1024;
    const slowMax = slowLookupsMax(process.env.UV_THREADPOOL_SIZE);
    this.#shared = {
      allow: options.allow,
      lookup: lookupInLanes(options.lookup ?? lookupAll, { slowMax }),
      secureContext: createSecureContext({ ca: options.certificateAuthorities, minVersion: "TLSv1.2" }),
    };
    this.#connectionOptions = {
      headerBytesMax: options.headerBytesMax ?? 16 * 1024,
      keepAliveMs: options.keepAliveMs ?? 4000,
      onIdleClosed: (connection) => this.#forget(connection),
    };
  }

  /** Requests in flight. */
  get busyCount(): number {
    return this.#busyCount;
  }

  /** Open connections that carry no request. */
  get idleCount(): number {
    return this.#idleCount;
  }

  /** Sends the request. Never throws for what the request meets: every outcome arrives in `exchange.onSettled`. */
  dispatch(exchange: OutboundExchange): void {
    exchange.begin(this);
    this.#busyCount += 1;
    if (this.#closing) return exchange.fail(new OutboundAbortError("Not sent: Posthorn is shutting down."));
    try {
      this.#connectionTo(exchange.origin).carry(exchange);
    } catch (error) {
      exchange.fail(error);
    }
  }

  /** One request, awaited: for tests of an endpoint, challenges and previews. Never rejects for what it meets. */
  send(request: OutboundRequest): Promise<OutboundResult> {
    return new Promise((resolve) => this.dispatch(new AwaitedExchange(request, resolve)));
  }

  /** Ends an exchange that is in flight as `aborted`, fault `platform`. `reason` is one sentence for the log. */
  abort(exchange: OutboundExchange, reason = "Stopped: Posthorn is shutting down."): void {
    exchange.fail(new OutboundAbortError(reason));
  }

  /** Takes nothing new, waits for what is in flight (each has its deadline), closes the connections. */
  async close(): Promise<void> {
    this.#closing = true;
    if (this.#busyCount > 0) await new Promise<void>((resolve) => this.#drained.push(resolve));
    this.destroy();
  }

  /** Aborts what is in flight and closes every connection. */
  destroy(): void {
    this.#closing = true;
    const reason = new OutboundAbortError("Stopped: Posthorn is shutting down.");
    for (const connection of [...this.#connections]) {
      const exchange = connection.exchange;
      if (exchange) exchange.fail(reason);
      else this.#discard(connection, reason);
    }
  }

  settle(exchange: OutboundExchange): void {
    this.#settled.push(exchange);
    // Deferred: undici calls from inside its parser, where neither a socket may be written nor a handler may throw.
    if (this.#settled.length === 1) process.nextTick(this.#flush);
  }

  readonly #flush = (): void => {
    const batch = this.#settled;
    this.#settled = [];
    for (const exchange of batch) {
      this.#release(exchange);
      try {
        exchange.onSettled();
      } catch (bug) {
        rethrowLater(bug);
      }
    }
    if (this.#busyCount === 0) for (const resolve of this.#drained.splice(0)) resolve();
  };

  #connectionTo(origin: string): Connection {
    const known = this.#origins.get(origin);
    const idle = known?.idle.pop();
    if (idle) {
      this.#idleCount -= 1;
      return idle;
    }
    const entry = known ?? { target: describeTarget(origin, this.#shared), idle: [], connectionCount: 0 };
    const connection = new Connection(entry.target, this.#connectionOptions);
    this.#origins.set(origin, entry);
    entry.connectionCount += 1;
    this.#connections.add(connection);
    return connection;
  }

  #release(exchange: OutboundExchange): void {
    this.#busyCount -= 1;
    const connection = exchange.connection as Connection | null;
    if (!connection) return;
    connection.release();
    if (exchange.cutShort || this.#closing) return this.#discard(connection, requestOver);
    if (!connection.reusable) return this.#forget(connection);
    if (this.#idleCount >= (this.#options.idleConnectionsMax ?? 1000))
      return this.#discard(connection, requestOver);
    this.#idleCount += 1;
    this.#origins.get(exchange.origin)?.idle.push(connection);
  }

  #discard(connection: Connection, reason: Error): void {
    this.#forget(connection);
    connection.destroy(reason);
  }

  #forget(connection: Connection): void {
    if (!this.#connections.delete(connection)) return;
    const origin = connection.target.origin;
    const entry = this.#origins.get(origin);
    if (!entry) return;
    const index = entry.idle.indexOf(connection);
    if (index !== -1) {
      entry.idle.splice(index, 1);
      this.#idleCount -= 1;
    }
    entry.connectionCount -= 1;
    if (entry.connectionCount === 0) this.#origins.delete(origin);
  }
}

export function createOutboundClient(options: OutboundClientOptions): OutboundClient {
  return new OutboundClient(options);
}

class AwaitedExchange extends OutboundExchange {
  readonly #resolve: (result: OutboundResult) => void;

  constructor(request: OutboundRequest, resolve: (result: OutboundResult) => void) {
    super(request);
    this.#resolve = resolve;
  }

  override onSettled(): void {
    this.#resolve(this);
  }
}

const requestOver = new OutboundAbortError("the request is over");

function rethrowLater(bug: unknown): void {
  queueMicrotask(() => {
    throw bug;
  });
}
