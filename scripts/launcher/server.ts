import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { root, type Settings } from "./settings.ts";
import { serverNodeArgs } from "../server-node-args.mjs";

export interface Server {
  readonly pid: number;
  /** Resolves when the process has ended, with how it ended. */
  readonly ended: Promise<string>;
  /** Asks it to finish (its own bound is 15 seconds) and waits; ends it by force after 20. */
  stop(): Promise<void>;
}

type Listening = Pick<Settings["configuration"], "port" | "listenAddress">;

/** Throws one clear line when something else listens on the port. */
export async function checkPortIsFree({ port, listenAddress }: Listening): Promise<void> {
  const server = createServer();
  await new Promise<void>((done, fail) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE")
        fail(new Error(`Port ${port} is in use by another program; set PORT.`));
      else if (error.code === "EACCES")
        fail(new Error(`Port ${port} may not be used by this user; set PORT.`));
      else if (error.code === "EADDRNOTAVAIL")
        fail(new Error(`POSTHORN_LISTEN_ADDRESS ${listenAddress} is no address of this machine.`));
      else fail(error);
    });
    server.listen(port, listenAddress ?? undefined, () => server.close(() => done()));
  });
}

/** The whole environment of the server: nothing is left to a default that only the launcher knows. */
export function serverEnvironment(settings: Settings, embedded: Record<string, string>): NodeJS.ProcessEnv {
  const { configuration, mode } = settings;
  return {
    ...process.env,
    ...embedded,
    NODE_ENV: mode === "dev" ? "development" : "production",
    PORT: String(configuration.port),
    POSTHORN_URL: configuration.url,
    NEXTAUTH_URL: process.env.NEXTAUTH_URL || configuration.url,
    POSTHORN_EGRESS_ALLOW: configuration.egressAllow.join(","),
    POSTHORN_REQUIRE_HTTPS: String(configuration.requireHttps),
    // The server's own shutdown (lib/server/process) waits for the worker and then exits; Next's would not wait.
    NEXT_MANUAL_SIG_HANDLE: "true",
    POSTHORN_LAUNCHER_PID: String(process.pid),
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

/**
 * Starts Next in a process group of its own, so that Ctrl-C in a terminal reaches it once, through the launcher. The
 * channel tells it when the launcher has been killed.
 */
export function startServer(settings: Settings, environment: NodeJS.ProcessEnv): Server {
  const command = settings.mode === "dev" ? "dev" : "start";
  const { port, listenAddress } = settings.configuration;
  const args = [
    ...serverNodeArgs,
    join(root, "node_modules/next/dist/bin/next"),
    command,
    ...["-p", String(port)],
    ...(listenAddress === null ? [] : ["-H", listenAddress]),
  ];
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: environment,
    detached: true,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  if (child.pid === undefined) throw new Error("The server process could not be started.");
  const ended = new Promise<string>((done) => {
    child.once("error", (error) => done(error.message));
    child.once("exit", (code, name) => done(name ? `signal ${name}` : `exit code ${code}`));
  });
  return { pid: child.pid, ended, stop: () => stopServer(child, ended) };
}

async function stopServer(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.kill("SIGTERM");
  const force = new AbortController();
  const forced = delay(20_000, undefined, { signal: force.signal }).then(
    () => child.kill("SIGKILL"),
    () => undefined, // it ended in time
  );
  await ended;
  force.abort();
  await forced;
}

/** Waits for `GET /api/ready` to answer 200, for at most two minutes; throws the failing part otherwise. */
export async function waitUntilReady({ port, listenAddress }: Listening, stop: AbortSignal): Promise<void> {
  const host = isAny(listenAddress) ? "127.0.0.1" : listenAddress;
  const url = `http://${host.includes(":") ? `[${host}]` : host}:${port}/api/ready`;
  const endsAt = performance.now() + 120_000;
  let reason = "no answer";
  while (performance.now() < endsAt) {
    const response = await fetch(url, { signal: stop }).catch(() => null);
    stop.throwIfAborted();
    if (response?.status === 200) return;
    if (response) reason = `${response.status} ${(await response.text()).slice(0, 300)}`;
    await delay(100, undefined, { signal: stop });
  }
  throw new Error(`Not ready within two minutes: ${reason}`);
}

const isAny = (address: string | null): address is null | "0.0.0.0" | "::" =>
  address === null || address === "0.0.0.0" || address === "::";
