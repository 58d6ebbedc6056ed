import "server-only";
import { encodeId } from "@/lib/domain/ids";
import { memberText, wellFormedJson } from "@/lib/domain/lossless-json";
import { parseTraceparent } from "@/lib/domain/trace-context";
import type { EventIn, PublishedOut } from "@/lib/schemas/event";
import { sqlTransaction, type Sql } from "@/lib/server/db/sql";
import { fanOut, type FannedOut } from "@/lib/server/delivery/fan-out";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { acceptEvents } from "@/lib/server/publishing/accept-events";
import {
  parseIdempotencyKey,
  storeOnce,
  type FirstUse,
  type StoredOnce,
} from "@/lib/server/publishing/store-once";

export interface PublishSource {
  /** The header as it came, null without one. */
  idempotencyKey: string | null;
  /** The request's `traceparent` header; one that names no trace is ignored. */
  traceparent?: string | null;
  /** The JSON that `input` was parsed from: its `data` is sent on exactly as it stands there. */
  bodyText: string;
  /** What else is stored with the event, in its transaction; not for a duplicate, which stores nothing. */
  alongside?: (sql: Sql, eventId: string) => Promise<void>;
}

/**
 * Stores an event and a delivery for each endpoint that wants it, and wakes the workers. Throws 403 for a type that
 * only the system emits, 422 for an unknown type or data that does not satisfy its schema, and 409 when the
 * idempotency key was used within the retention with another body. Bodies are compared by the bytes that were sent:
 * equal meaning in another spelling is another body, which asks the client rather than guesses.
 */
export async function publishEvent(
  deps: Deps,
  principal: Principal,
  input: EventIn,
  source: PublishSource,
): Promise<PublishedOut> {
  const key = parseIdempotencyKey(source.idempotencyKey);
  const isOneStatement = key === null && !source.alongside;
  const stored = isOneStatement
    ? { events: [await storeEvent(deps, deps.sql, principal, input, source)], duplicate: false }
    : await sqlTransaction(deps.pool, (sql) => storeWithin(deps, sql, principal, input, source, key));
  tellStored(deps, stored);
  return toPublishedOut(stored.events[0]!, stored.duplicate);
}

async function storeWithin(
  deps: Deps,
  sql: Sql,
  principal: Principal,
  input: EventIn,
  source: PublishSource,
  key: string | null,
): Promise<StoredOnce> {
  const store = async (firstUse?: FirstUse) => [
    await storeEvent(deps, sql, principal, input, source, firstUse),
  ];
  const { bodyText } = source;
  const stored =
    key === null
      ? { events: await store(), duplicate: false }
      : await storeOnce(deps, sql, principal.organizationId, { key, bodyText, count: 1 }, store);
  const [event] = stored.events;
  if (event && !stored.duplicate) await source.alongside?.(sql, event.id);
  return stored;
}

async function storeEvent(
  deps: Deps,
  sql: Sql,
  { organizationId }: Principal,
  input: EventIn,
  source: PublishSource,
  firstUse?: FirstUse,
): Promise<FannedOut> {
  const dataText = wellFormedJson(memberText(source.bodyText, "data") ?? JSON.stringify(input.data));
  const requests = [{ ...input, dataText, pathPrefix: "" }];
  const accepted = await acceptEvents(sql, organizationId, requests, deps.clock());
  const traceparent = parseTraceparent(source.traceparent ?? null);
  const [stored] = await fanOut(
    deps,
    sql,
    organizationId,
    accepted.map((event) => ({ ...event, ...firstUse, traceparent })),
  );
  return stored!;
}

/** After the commit: counts what was accepted and wakes the workers. */
export function tellStored(deps: Deps, { events, duplicate }: StoredOnce): void {
  if (duplicate) return;
  deps.tally.accepted(events.length);
  if (events.some(({ deliveryCount }) => deliveryCount > 0)) deps.wake();
}

export function toPublishedOut(stored: FannedOut, duplicate: boolean): PublishedOut {
  return {
    eventId: encodeId("evt", stored.id),
    eventType: stored.eventType,
    eventTimestamp: stored.eventTimestamp.toISOString(),
    duplicate,
    deliveries: stored.deliveryCount,
  };
}
