import "server-only";
import { EventBatchIn, EventIn, type PublishedOut } from "@/lib/schemas/event";
import { invalid } from "@/lib/server/app-error";
import type { Deps } from "@/lib/server/deps";
import { fieldProblems } from "@/lib/server/http/field-problems";
import type { Principal } from "@/lib/server/principal";
import { publishEvent } from "@/lib/server/use-cases/publish-event";
import { publishEvents } from "@/lib/server/use-cases/publish-events";

/** Publishes the text of a request's body, parsed as a route parses it. */
export async function publishText(
  deps: Deps,
  principal: Principal,
  bodyText: string,
  idempotencyKey: string | null = null,
): Promise<PublishedOut> {
  const parsed = EventIn.safeParse(JSON.parse(bodyText));
  if (!parsed.success) throw invalid(fieldProblems(parsed.error));
  return publishEvent(deps, principal, parsed.data, { idempotencyKey, bodyText });
}

export async function publishBatchText(
  deps: Deps,
  principal: Principal,
  bodyText: string,
  idempotencyKey: string | null = null,
): Promise<PublishedOut[]> {
  const parsed = EventBatchIn.safeParse(JSON.parse(bodyText));
  if (!parsed.success) throw invalid(fieldProblems(parsed.error));
  return (await publishEvents(deps, principal, parsed.data, { idempotencyKey, bodyText })).items;
}
