import type { Load, LoadOptions } from "./load.ts";
import { query } from "./world/database.ts";
import { arrivalKey } from "./world/receiver.ts";
import { endpointPaths, eventType, type Topology, type World } from "./world/world.ts";
import type { WorldKind } from "./world/kinds.ts";
import { waitUntil } from "../scripts/processes.mjs";

export interface Outcome {
  /** From the fault, or from its end where only that can heal it, until it made no difference any more. */
  recoveredMs: number;
  /** Deliveries (by `arrivalKey`) that may have been made more than once, and why. */
  mayRepeat: ReadonlySet<string>;
  because: string;
}

/** Something that goes wrong for real, under load, and what has to be true of it. */
export interface Scenario {
  name: string;
  on: readonly Topology[];
  /** `plain` when not given: nothing special is set up. */
  kind?: WorldKind;
  load?: Partial<LoadOptions>;
  /** Breaks something and waits until it is whole again; throws when that takes too long. */
  run(world: World, load: Load): Promise<Outcome>;
}

export const nothingRepeats = { mayRepeat: new Set<string>(), because: "none" } as const;

/** Waits for a condition and returns how long it took since `sinceMs` (Unix); throws after `limitMs` of that. */
export async function within(
  limitMs: number,
  what: string,
  sinceMs: number,
  done: () => boolean | Promise<boolean>,
): Promise<number> {
  const leftMs = sinceMs + limitMs - Date.now();
  const came = await waitUntil(
    async () => Boolean(await Promise.resolve(done()).catch(() => false)),
    leftMs,
    50,
  );
  if (!came) throw new Error(`${what}: not within ${limitMs / 1000} s`);
  return Date.now() - sinceMs;
}

/** How long after `sinceMs` an event that was accepted after it had reached every endpoint. */
export async function nextDelivery(
  { receiver }: World,
  load: Load,
  sinceMs: number,
  limitMs: number,
): Promise<number> {
  return within(limitMs, "an event that was accepted afterwards arrives", sinceMs, () =>
    load.accepted.some(
      ({ acceptedAtMs, eventIds: [id = ""] }) =>
        acceptedAtMs > sinceMs && endpointPaths.every((path) => receiver.arrivals.has(arrivalKey(path, id))),
    ),
  );
}

/** Waits until every process says that it is ready. */
export async function allReady({ instances }: World, sinceMs: number, limitMs: number): Promise<number> {
  const isReady = async (url: string) => (await fetch(`${url}/api/ready`)).status === 200;
  return within(limitMs, "every process is ready", sinceMs, async () =>
    (await Promise.all(instances.map(({ url }) => isReady(url)))).every(Boolean),
  );
}

/** The process ids of all servers, to see afterwards that they are the same. */
export async function serverPids({ instances }: World): Promise<string> {
  return (await Promise.all(instances.map((instance) => instance.pidOf("server")))).join(" ");
}

/** Throws when a process has been replaced since. */
export async function samePids(world: World, before: string): Promise<void> {
  const now = await serverPids(world);
  if (now !== before) throw new Error(`processes were replaced: ${before} before, ${now} afterwards`);
}

/** Deliveries that somebody has claimed at this moment. */
export async function leasedNow({ database }: World): Promise<string[]> {
  const rows = await query<{ id: string }>(
    database,
    "SELECT id FROM delivery WHERE state = 'pending' AND lease_id IS NOT NULL AND event_type = $1",
    [eventType],
  );
  return rows.map(({ id }) => id);
}

/** How long after `sinceMs` these deliveries were all settled. */
export async function settled(
  { database }: World,
  ids: readonly string[],
  sinceMs: number,
  limitMs: number,
): Promise<number> {
  return within(limitMs, "what was in flight is delivered", sinceMs, async () => {
    const text = "SELECT 1 FROM delivery WHERE id = ANY ($1::uuid[]) AND state = 'pending' LIMIT 1";
    return (await query(database, text, [ids])).length === 0;
  });
}
