import "server-only";
import { elementTexts, memberText, wellFormedJson } from "@/lib/domain/lossless-json";
import { parseTraceparent } from "@/lib/domain/trace-context";
import type { EventBatchIn, PublishedOut } from "@/lib/schemas/event";
import { sqlTransaction, type Sql } from "@/lib/server/db/sql";
import { fanOut, type FannedOut } from "@/lib/server/delivery/fan-out";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { acceptEvents } from "@/lib/server/publishing/accept-events";
import { parseIdempotencyKey, storeOnce, type FirstUse } from "@/lib/server/publishing/store-once";
import { tellStored, toPublishedOut, type PublishSource } from "./publish-event";

/**
 * Publishes a batch, all of it or nothing, in the order given; throws as `publishEvent` does, with paths like
 * `events[3].data.id`. An idempotency key is the batch's: used again with the same body, it answers with all of the first
 * batch's events.
 */
export async function publishEvents(
  deps: Deps,
  principal: Principal,
  input: EventBatchIn,
  source: Omit<PublishSource, "alongside">,
): Promise<{ items: PublishedOut[] }> {
  const { bodyText } = source;
  const { organizationId } = principal;
  const key = parseIdempotencyKey(source.idempotencyKey);
  const count = input.events.length;
  const stored =
    key === null
      ? { events: await storeBatch(deps, deps.sql, organizationId, input, source), duplicate: false }
      : await sqlTransaction(deps.pool, (sql) =>
          storeOnce(deps, sql, organizationId, { key, bodyText, count }, (firstUse) =>
            storeBatch(deps, sql, organizationId, input, source, firstUse),
          ),
        );
  tellStored(deps, stored);
  return { items: stored.events.map((event) => toPublishedOut(event, stored.duplicate)) };
}

/** One statement stores the whole batch with its deliveries. */
async function storeBatch(
  deps: Deps,
  sql: Sql,
  organizationId: string,
  { events }: EventBatchIn,
  { bodyText, traceparent = null }: Pick<PublishSource, "bodyText" | "traceparent">,
  firstUse?: FirstUse,
): Promise<FannedOut[]> {
  const texts = elementTexts(memberText(bodyText, "events") ?? "[]");
  const requests = events.map((event, index) => ({
    ...event,
    dataText: wellFormedJson(memberText(texts[index] ?? "{}", "data") ?? JSON.stringify(event.data)),
    pathPrefix: `events[${index}].`,
  }));
  const accepted = await acceptEvents(sql, organizationId, requests, deps.clock());
  const ofRequest = { ...firstUse, traceparent: parseTraceparent(traceparent) };
  return fanOut(
    deps,
    sql,
    organizationId,
    accepted.map((event) => ({ ...event, ...ofRequest })),
  );
}
