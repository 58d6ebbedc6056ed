import { randomBytes } from "node:crypto";
import { bootstrap, startInstance, type Instance } from "../../e2e/fixtures/instance.ts";
import { waitUntil } from "../../scripts/processes.mjs";
import { ExternalPostgres, findPrograms, type ExternalOptions } from "./external-postgres.ts";
import { embeddedDatabase, externalDatabase, type ChaosDatabase } from "./database.ts";
import type { MovingClock } from "./moving-clock.ts";
import type { SmallDisk } from "./small-disk.ts";
import { startReceiver, type ChaosReceiver } from "./receiver.ts";

/** `external`: one web process and two workers on a PostgreSQL of their own, Debian's where it can be had. `embedded`: one `npm start`. */
export type Topology = "external" | "embedded";

export interface WorldOptions {
  database?: ExternalOptions;
  /** Whether Debian's packages may be installed for it. */
  mayInstall?: boolean;
  /** What the world stands on, removed after it. */
  disk?: SmallDisk;
  clock?: MovingClock;
  /** Added to the environment of a process: the web process is number 0, workers are 1 and 2. */
  environment?: (index: number) => Record<string, string>;
}

/** A whole Posthorn with two active endpoints, and everything that a scenario needs to break it. */
export interface World {
  readonly topology: Topology;
  readonly database: ChaosDatabase;
  readonly receiver: ChaosReceiver;
  readonly web: Instance;
  /** The processes that deliver. Embedded, the web process is the worker, too. */
  readonly workers: readonly Instance[];
  /** Each process once. */
  readonly instances: readonly Instance[];
  /** That the database is on, where it can be filled. */
  readonly disk: SmallDisk | null;
  /** That the processes read, where it can be moved. */
  readonly clock: MovingClock | null;
  close(): Promise<void>;
}

/** The paths of the endpoints: every event is to reach each of them. */
export const endpointPaths = ["/first", "/second"] as const;
export const eventType = "chaos.happened";

const common = {
  // Retries are not what is broken here: none may keep a scenario waiting for minutes.
  POSTHORN_RETRY_SCHEDULE: "1s,2s,5s,10s,20s",
  // One worker can do what is published, also while the receiver is slow and the other worker is gone.
  POSTHORN_WORKER_CONCURRENCY: "200",
  POSTHORN_ENDPOINT_CONCURRENCY: "100",
  // Load as fast as it goes, by one key.
  POSTHORN_API_RATE_LIMIT: "0",
};

export async function createWorld(topology: Topology, options: WorldOptions = {}): Promise<World> {
  const { disk = null, clock = null } = options;
  const closing: (() => Promise<void>)[] = [async () => clock?.remove(), async () => disk?.remove()];
  const close = async () => {
    for (const step of closing.reverse()) await step();
  };
  try {
    const receiver = await startReceiver();
    closing.push(() => receiver.stop());
    const parts = await (topology === "external" ? startExternal : startEmbedded)(options, closing);
    await activateEndpoints(parts.web, receiver);
    const instances = [...new Set([parts.web, ...parts.workers])];
    return { topology, receiver, ...parts, instances, disk, clock, close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Parts = Pick<World, "database" | "web" | "workers">;

async function startExternal(options: WorldOptions, closing: (() => Promise<void>)[]): Promise<Parts> {
  const programs = await findPrograms(options.mayInstall ?? false);
  const server = await ExternalPostgres.create(programs, options.database);
  closing.push(() => server.remove());
  const shared = {
    ...common,
    DATABASE_URL: server.url,
    NEXTAUTH_SECRET: randomBytes(32).toString("base64"),
    POSTHORN_ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    POSTHORN_EGRESS_ALLOW: "127.0.0.0/8",
    POSTHORN_REQUIRE_HTTPS: "false",
  };
  const start = async (role: string, index: number) => {
    const added = options.environment?.(index) ?? {};
    const instance = await startInstance({ ...shared, ...added, POSTHORN_ROLE: role });
    closing.push(() => instance.remove());
    return instance;
  };
  // The web process first: it makes the first admin, and workers have nothing to do before that.
  const web = await start("web", 0);
  const workers = await Promise.all([start("worker", 1), start("worker", 2)]);
  return { database: externalDatabase(server), web, workers };
}

async function startEmbedded(options: WorldOptions, closing: (() => Promise<void>)[]): Promise<Parts> {
  const instance = await startInstance({ ...common, ...options.environment?.(0) });
  closing.push(() => instance.remove());
  return { database: embeddedDatabase(instance), web: instance, workers: [instance] };
}

async function activateEndpoints(web: Instance, receiver: ChaosReceiver): Promise<void> {
  await callApi(web, "POST", "/event-types", {
    name: eventType,
    description: "Something that must not be lost.",
    schema: { type: "object" },
    example: {},
  });
  for (const path of endpointPaths) {
    const url = receiver.origin.replace("localhost", "127.0.0.1") + path;
    const { id } = await callApi(web, "POST", "/endpoints", { url, eventTypes: [eventType] });
    await callApi(web, "PATCH", `/endpoints/${id}`, { state: "active" });
    const isActive = async () => (await callApi(web, "GET", `/endpoints/${id}`)).state === "active";
    if (!(await waitUntil(isActive, 20_000, 100)))
      throw new Error(`The endpoint ${path} did not become active`);
  }
}

/** The REST API, for what has to succeed. */
async function callApi(
  web: Instance,
  method: string,
  path: string,
  body?: object,
): Promise<{ id: string; state: string }> {
  const response = await fetch(`${web.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${bootstrap.apiKey}`, "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}
