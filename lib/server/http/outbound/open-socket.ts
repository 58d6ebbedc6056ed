import "server-only";
import net from "node:net";
import tls from "node:tls";
import { isAddress, type Cidr } from "@/lib/domain/address-policy";
import { bareHost } from "@/lib/domain/endpoint-url";
import type { Lookup, ResolvedAddress } from "./resolve-addresses";

/** Everything about an origin that its connections share. */
export interface ConnectionTarget {
  origin: string;
  /** A name without trailing dot, or an address without brackets. */
  host: string;
  literal: boolean;
  port: number;
  secure: boolean;
  /** `host:port` as shown to people; the port only when it is not the scheme's own. */
  displayHost: string;
  allow: readonly Cidr[];
  lookup: Lookup;
  secureContext: tls.SecureContext | undefined;
}

export interface SocketEvents {
  /** TCP is connected. */
  onConnect(): void;
  /** The socket can carry requests: TCP is connected and, with `secure`, the certificate is accepted. */
  onReady(): void;
  /** May come more than once, and after `onReady`. */
  onError(error: Error): void;
}

/** More are not tried: a name with a hundred addresses must not make a hundred connections. */
const addressesTriedMax = 6;
/** Node's default of 250 ms gives up on receivers that are merely far away. */
const addressAttemptMs = 1000;

export function describeTarget(
  origin: string,
  shared: Pick<ConnectionTarget, "allow" | "lookup" | "secureContext">,
): ConnectionTarget {
  const url = new URL(origin);
  const host = bareHost(url.hostname);
  const secure = url.protocol === "https:";
  return {
    ...shared,
    origin,
    host,
    literal: isAddress(host),
    port: Number(url.port) || (secure ? 443 : 80),
    secure,
    displayHost: url.host,
  };
}

/**
 * Connects to one of `addresses`, which the policy has let through, and to no other: the host name is used for SNI and
 * the certificate only and is not resolved again. Several addresses are tried in turn (RFC 8305).
 */
export function openSocket(
  target: ConnectionTarget,
  addresses: readonly ResolvedAddress[],
  events: SocketEvents,
): net.Socket {
  const tried = addresses.slice(0, addressesTriedMax);
  const options: net.TcpNetConnectOpts = {
    host: tried.length === 1 ? (tried[0]?.address ?? "") : target.host,
    port: target.port,
    lookup: answerWith(tried),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: addressAttemptMs,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: 60_000,
  };
  const socket = target.secure ? tls.connect({ ...options, ...tlsOptions(target) }) : net.connect(options);
  socket.once("connect", () => {
    events.onConnect();
    if (!target.secure) events.onReady();
  });
  if (target.secure) socket.once("secureConnect", () => events.onReady());
  socket.on("error", (error) => events.onError(error));
  return socket;
}

function tlsOptions(target: ConnectionTarget): tls.ConnectionOptions {
  return {
    // An address is not a server name (RFC 6066); its certificate is then checked against the address.
    servername: target.literal ? "" : target.host,
    ALPNProtocols: ["http/1.1"],
    secureContext: target.secureContext,
    rejectUnauthorized: true,
  };
}

// Stands in for the resolver, so that between the check and the connection nobody is asked again.
function answerWith(addresses: readonly ResolvedAddress[]): net.LookupFunction {
  return (_hostname, options, callback) => {
    const first = addresses[0];
    if (options.all) callback(null, [...addresses]);
    else if (first) callback(null, first.address, first.family);
    else callback(new Error("no addresses"), "", 4);
  };
}
