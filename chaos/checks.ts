import type { Load, Publication } from "./load.ts";
import { arrivalKey, type ChaosReceiver } from "./world/receiver.ts";
import { endpointPaths } from "./world/world.ts";

const namedMax = 5;

export interface StoredEvent {
  id: string;
  ref: string;
  place: number;
  /** Deliveries that it was given, that exist, that succeeded, and that have a succeeded attempt in the log. */
  promised: number;
  existing: number;
  succeeded: number;
  logged: number;
}

/** The events of one load, by identifier and by the publication that they were asked for with. */
export interface StoredEvents {
  byId: ReadonlyMap<string, StoredEvent>;
  byRef: ReadonlyMap<string, readonly StoredEvent[]>;
}

export function groupStored(byId: ReadonlyMap<string, StoredEvent>): StoredEvents {
  return { byId, byRef: Map.groupBy(byId.values(), ({ ref }) => ref) };
}

/** What was accepted is stored whole, and once, whatever happened on the way: its key says so. */
export function checkPublication(publication: Publication, stored: StoredEvents): string[] {
  const { ref, size, eventIds } = publication;
  const missing = eventIds.filter((id) => !stored.byId.has(id));
  if (missing.length > 0) return [`${ref} was accepted and is not stored: ${some(missing)}`];
  if (eventIds.length !== size) return [`${ref} was never accepted`];
  const copies = Array.from({ length: size }, () => 0);
  for (const { place } of stored.byRef.get(ref) ?? []) copies[place] = (copies[place] ?? 0) + 1;
  const [count = 0] = copies;
  if (copies.some((other) => other !== count)) return [`${ref} is half written: ${copies.join(" ")}`];
  return count > 1 ? [`${ref} exists ${count} times`] : [];
}

/** Every event that is stored, accepted or not, has its deliveries, and each of them was made and logged. */
export function checkStored({ byId }: StoredEvents, receiver: ChaosReceiver): string[] {
  const problems: string[] = [];
  const check = (what: string, isRight: (event: StoredEvent, id: string) => boolean) => {
    const wrong = [...byId].filter(([id, event]) => !isRight(event, id)).map(([id]) => id);
    if (wrong.length > 0) problems.push(`${wrong.length} events ${what}: ${some(wrong)}`);
  };
  check("do not have a delivery for each endpoint", ({ promised, existing }) => {
    return promised === endpointPaths.length && existing === promised;
  });
  check("have a delivery that has not succeeded", ({ existing, succeeded }) => succeeded === existing);
  check("have a delivery without a succeeded attempt", ({ succeeded, logged }) => logged === succeeded);
  check("did not arrive everywhere", (_, id) => reachedAll(receiver, id));
  return problems;
}

export function checkRefusals({ refusals }: Load): string[] {
  const wrong = refusals.filter(
    ({ status, contentType, retryAfter }) =>
      status !== 503 || contentType !== "application/problem+json" || !(Number(retryAfter) > 0),
  );
  if (wrong.length === 0) return [];
  const [{ status, detail }] = wrong as [(typeof wrong)[number]];
  return [`${wrong.length} refusals are not a 503 problem with Retry-After: ${status} ${detail}`];
}

export const keysOf = (eventId: string) => endpointPaths.map((path) => arrivalKey(path, eventId));

export function reachedAll({ arrivals }: ChaosReceiver, eventId: string): boolean {
  return keysOf(eventId).every((key) => arrivals.has(key));
}

/** The event of an `arrivalKey`. */
export function eventOf(key: string): string {
  return key.slice(key.indexOf(" ") + 1);
}

export function some(texts: readonly string[]): string {
  const more = texts.length > namedMax ? ` and ${texts.length - namedMax} more` : "";
  return texts.slice(0, namedMax).join(", ") + more;
}
