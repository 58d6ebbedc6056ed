import { setTimeout as delay } from "node:timers/promises";
import { birthOf } from "../processes.mjs";
import type { Cluster } from "../postgres/cluster.ts";
import { waitForDatabase } from "../database/wait-for-database.ts";
import { prepareBuild } from "./build.ts";
import { applyMigrations, startEmbeddedDatabase } from "./database.ts";
import { startDemo } from "./demo.ts";
import { type InstanceLock, takeInstanceLock } from "./instance-lock.ts";
import { checkPortIsFree, type Server, serverEnvironment, startServer, waitUntilReady } from "./server.ts";
import { type Mode, readSettings, type Settings } from "./settings.ts";
import { type StopRequest, stopRequest } from "./stop-request.ts";

const restartEveryMs = 1_000;

const announce = (text: string) => console.log(`- ${text}`);

/** What is running, to be ended in reverse order whatever happens. */
interface Running {
  lock: InstanceLock | null;
  cluster: Cluster | null;
  server: Server | null;
  demo: { stop(): Promise<void> } | null;
}

/** Runs an instance until it is asked to stop or something ends unexpectedly; returns the exit code. */
export async function launch(mode: Mode): Promise<number> {
  const settings = readSettings(mode);
  if ("problems" in settings) {
    console.error(
      `Posthorn cannot start, the configuration has problems:\n- ${settings.problems.join("\n- ")}`,
    );
    return 1;
  }
  announce("Configuration: valid");
  const running: Running = { lock: null, cluster: null, server: null, demo: null };
  const stop = stopRequest(() => running.server && process.kill(running.server.pid, "SIGKILL"));
  let failure: string | null = null;
  try {
    await start(settings, running, stop.signal);
    failure = await untilTheEnd(settings, running, stop);
  } catch (error) {
    if (!stop.signal.aborted) failure = error instanceof Error ? error.message : String(error);
  }
  if (failure !== null) console.error(failure);
  await end(running);
  if (failure === null) console.log("Posthorn stopped");
  return failure === null ? 0 : 1;
}

async function start(settings: Settings, running: Running, stop: AbortSignal): Promise<void> {
  const { configuration, mode } = settings;
  running.lock = await takeInstanceLock(settings, stop);
  await checkPortIsFree(configuration);
  const [environment] = await bothOrNeither(
    prepareDatabase(settings, running, stop),
    prepareBuild(mode === "dev" ? "development" : "production", announce, stop).then((outcome) => {
      if (mode !== "dev") announce(`Build: ${outcome === "built" ? "done" : "up to date"}`);
    }),
  );
  stop.throwIfAborted();
  // Not before there is a build: one that fails leaves the database to the version before.
  await applyMigrations(environment.DATABASE_URL ?? "", announce);
  stop.throwIfAborted();
  running.server = startServer(settings, environment);
  await running.lock.noteServer({ pid: running.server.pid, birth: await birthOf(running.server.pid) });
  await Promise.race([waitUntilReady(configuration, stop), running.server.ended.then(failToStart)]);
  console.log(`Posthorn ready on http://localhost:${configuration.port}`);
  if (mode === "demo") running.demo = startDemo(environment);
}

async function prepareDatabase(
  settings: Settings,
  running: Running,
  stop: AbortSignal,
): Promise<NodeJS.ProcessEnv> {
  let added: Record<string, string> = {};
  if (settings.embedded) {
    const database = await startEmbeddedDatabase(settings, announce);
    running.cluster = database.cluster;
    added = database.environment;
  }
  const { databaseUrl } = settings.configuration;
  if (databaseUrl !== null) await waitForDatabase(databaseUrl, stop);
  return serverEnvironment(settings, added);
}

function failToStart(how: string): never {
  throw new Error(`The server ended before it was ready (${how}).`);
}

/** Waits for both to settle before it throws the first failure, so that nothing starts after the clean-up. */
async function bothOrNeither<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return Promise.all([first, second]);
}

/** Returns null when a stop was requested, or what went wrong. A database that dies is started again. */
async function untilTheEnd(settings: Settings, running: Running, stop: StopRequest): Promise<string | null> {
  const stopped = stop.requested.then(() => null);
  const serverEnded = running.server?.ended.then((how) => `The server process ended unexpectedly (${how}).`);
  for (;;) {
    const databaseGone = running.cluster?.whenGone().then(() => "database" as const);
    const first = await Promise.race([
      stopped,
      ...(serverEnded ? [serverEnded] : []),
      ...(databaseGone ? [databaseGone] : []),
    ]);
    if (first !== "database") return first;
    console.error("The embedded PostgreSQL ended unexpectedly; starting it again.");
    running.cluster = await restartDatabase(running.cluster, stop);
  }
}

/**
 * A full disk keeps PostgreSQL from recovering until somebody has made room. Until then the server answers that the
 * database is away; to end it, too, would help nobody. Null: a stop was requested meanwhile.
 */
async function restartDatabase(cluster: Cluster | null, stop: StopRequest): Promise<Cluster | null> {
  for (let tries = 1; cluster !== null && !stop.signal.aborted; tries += 1) {
    try {
      const restarted = await cluster.restart();
      if (tries > 1) console.error("The embedded PostgreSQL runs again.");
      return restarted;
    } catch (error) {
      if (tries === 1)
        console.error(`It does not start, and is tried again every second: ${(error as Error).message}`);
      await delay(restartEveryMs, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  }
  return null;
}

/** In this order: what uses something ends before it. One step that fails does not keep the others from ending. */
async function end({ lock, demo, server, cluster }: Running): Promise<void> {
  const steps = [
    () => lock?.noteStopping(),
    () => demo?.stop(),
    () => server?.stop(),
    () => cluster?.stop(),
    () => lock?.release(),
  ];
  for (const step of steps) {
    await step()?.catch((error: Error) => console.error(`While stopping: ${error.message}`));
  }
}
