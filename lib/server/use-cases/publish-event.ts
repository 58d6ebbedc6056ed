import "server-only";
import { createHash } from "node:crypto";
import { encodeId, uuidV7Floor } from "@/lib/domain/ids";
import { memberText, wellFormedJson } from "@/lib/domain/lossless-json";
import { parseTraceparent } from "@/lib/domain/trace-context";
import { IdempotencyKey, type EventIn, type PublishedOut } from "@/lib/schemas/event";
import { AppError, invalid } from "@/lib/server/app-error";
import { findFirstUse, lockIdempotencyKey, type FirstUse } from "@/lib/server/db/events";
import { sqlTransaction, type Sql } from "@/lib/server/db/sql";
import { fanOut, type AcceptedEvent, type FannedOut } from "@/lib/server/delivery/fan-out";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { acceptEvents } from "@/lib/server/publishing/accept-events";

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
  const key = parseKey(source.idempotencyKey);
  const published =
    key === null && !source.alongside
      ? // Events and deliveries are stored by one statement, so this needs no transaction around it.
        { ...(await storeEvent(deps, deps.sql, principal, input, source)), duplicate: false }
      : await sqlTransaction(deps.pool, (sql) => storeWithin(deps, sql, principal, input, source, key));
  if (!published.duplicate) deps.tally.accepted(1);
  if (!published.duplicate && published.deliveryCount > 0) deps.wake();
  return toPublishedOut(published, published.duplicate);
}

function parseKey(given: string | null): string | null {
  if (given === null) return null;
  const parsed = IdempotencyKey.safeParse(given);
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error.issues.map(({ message }) => ({ path: "Idempotency-Key", message })));
}

async function storeWithin(
  deps: Deps,
  sql: Sql,
  principal: Principal,
  input: EventIn,
  source: PublishSource,
  key: string | null,
): Promise<FannedOut & { duplicate: boolean }> {
  const stored =
    key === null
      ? { ...(await storeEvent(deps, sql, principal, input, source)), duplicate: false }
      : await storeOnce(deps, sql, principal, input, source, key);
  if (!stored.duplicate) await source.alongside?.(sql, stored.id);
  return stored;
}

/** The answer to the first request with this key, or the event when this is the first. */
async function storeOnce(
  deps: Deps,
  sql: Sql,
  principal: Principal,
  input: EventIn,
  source: PublishSource,
  key: string,
): Promise<FannedOut & { duplicate: boolean }> {
  const bodyHash = createHash("sha256").update(source.bodyText).digest("hex");
  await lockIdempotencyKey(sql, principal.organizationId, key);
  const oldestKept = uuidV7Floor(new Date(deps.clock().getTime() - deps.settings.retentionMs));
  const first = await findFirstUse(sql, principal.organizationId, key, oldestKept);
  if (first) return { ...firstAnswer(first, bodyHash), duplicate: true };
  const stored = await storeEvent(deps, sql, principal, input, source, { idempotencyKey: key, bodyHash });
  return { ...stored, duplicate: false };
}

function firstAnswer(first: FirstUse, bodyHash: string): FannedOut {
  if (first.bodyHash === bodyHash) return first;
  throw new AppError(
    409,
    `This idempotency key was used for ${encodeId("evt", first.id)} with another body. Use a new key for a new event.`,
  );
}

async function storeEvent(
  deps: Deps,
  sql: Sql,
  { organizationId }: Principal,
  input: EventIn,
  source: PublishSource,
  firstUse: Pick<AcceptedEvent, "idempotencyKey" | "bodyHash"> = {},
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

export function toPublishedOut(stored: FannedOut, duplicate: boolean): PublishedOut {
  return {
    eventId: encodeId("evt", stored.id),
    eventType: stored.eventType,
    eventTimestamp: stored.eventTimestamp.toISOString(),
    duplicate,
    deliveries: stored.deliveryCount,
  };
}
