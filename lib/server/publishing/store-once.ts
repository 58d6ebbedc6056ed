import "server-only";
import { createHash } from "node:crypto";
import { encodeId, uuidV7Floor } from "@/lib/domain/ids";
import { IdempotencyKey } from "@/lib/schemas/event";
import { AppError, invalid } from "@/lib/server/app-error";
import { listFirstUses, lockIdempotencyKey } from "@/lib/server/db/events";
import type { Sql } from "@/lib/server/db/sql";
import type { AcceptedEvent, FannedOut } from "@/lib/server/delivery/fan-out";
import type { Deps } from "@/lib/server/deps";

/** What is stored with each event of a request that has a key. */
export type FirstUse = Required<Pick<AcceptedEvent, "idempotencyKey" | "bodyHash">>;

export interface KeyedRequest {
  key: string;
  /** The request's body as it came: equal meaning in another spelling is another body. */
  bodyText: string;
  /** How many events it publishes. */
  count: number;
}

export interface StoredOnce {
  events: FannedOut[];
  /** The key was used before, and these are the events of that request. */
  duplicate: boolean;
}

/** Null without a key; throws 422 for one that is none. */
export function parseIdempotencyKey(given: string | null): string | null {
  if (given === null) return null;
  const parsed = IdempotencyKey.safeParse(given);
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error.issues.map(({ message }) => ({ path: "Idempotency-Key", message })));
}

/**
 * Stores the events of a request, or answers with those of the first request that had its key. Runs in the caller's
 * transaction and makes others with the same key wait for its end. Throws 409 when the key was used within the
 * retention with another body.
 */
export async function storeOnce(
  deps: Pick<Deps, "clock" | "settings">,
  sql: Sql,
  organizationId: string,
  { key, bodyText, count }: KeyedRequest,
  store: (firstUse: FirstUse) => Promise<FannedOut[]>,
): Promise<StoredOnce> {
  const bodyHash = createHash("sha256").update(bodyText).digest("hex");
  await lockIdempotencyKey(sql, organizationId, key);
  const oldestKept = uuidV7Floor(new Date(deps.clock().getTime() - deps.settings.retentionMs));
  const used = await listFirstUses(sql, organizationId, key, oldestKept);
  const other = used.find((event) => event.bodyHash !== bodyHash);
  if (other)
    throw new AppError(
      409,
      `This idempotency key was used for ${encodeId("evt", other.id)} with another body. Use a new key for a new request.`,
    );
  // Fewer than that are the end of a batch whose beginning is past the retention: the key's time is over.
  if (used.length >= count) return { events: used.slice(-count), duplicate: true };
  return { events: await store({ idempotencyKey: key, bodyHash }), duplicate: false };
}
