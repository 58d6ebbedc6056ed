import "server-only";
import { elementTexts, memberText, wellFormedJson } from "@/lib/domain/lossless-json";
import { parseTraceparent } from "@/lib/domain/trace-context";
import type { EventBatchIn, PublishedOut } from "@/lib/schemas/event";
import { invalid } from "@/lib/server/app-error";
import { fanOut } from "@/lib/server/delivery/fan-out";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { acceptEvents } from "@/lib/server/publishing/accept-events";
import { toPublishedOut, type PublishSource } from "./publish-event";

/**
 * Publishes a batch, all of it or nothing, in the order given; throws as `publishEvent` does, with paths like
 * `events[3].data.id`. A key would promise that nothing is published twice; a batch
 * cannot keep that promise, so it refuses one with 422 instead of ignoring it.
 */
export async function publishEvents(
  deps: Deps,
  principal: Principal,
  { events }: EventBatchIn,
  { bodyText, idempotencyKey, traceparent = null }: PublishSource,
): Promise<{ items: PublishedOut[] }> {
  if (idempotencyKey !== null) {
    throw invalid([
      { path: "Idempotency-Key", message: "cannot be used with a batch; publish single events with it" },
    ]);
  }
  const texts = elementTexts(memberText(bodyText, "events") ?? "[]");
  const requests = events.map((event, index) => ({
    ...event,
    dataText: wellFormedJson(memberText(texts[index] ?? "{}", "data") ?? JSON.stringify(event.data)),
    pathPrefix: `events[${index}].`,
  }));
  const accepted = await acceptEvents(deps.sql, principal.organizationId, requests, deps.clock());
  const trace = { traceparent: parseTraceparent(traceparent) };
  // One statement stores the whole batch with its deliveries.
  const stored = await fanOut(
    deps,
    deps.sql,
    principal.organizationId,
    accepted.map((event) => ({ ...event, ...trace })),
  );
  deps.tally.accepted(stored.length);
  if (stored.some(({ deliveryCount }) => deliveryCount > 0)) deps.wake();
  return { items: stored.map((event) => toPublishedOut(event, false)) };
}
