import "server-only";
import { matchesFilter } from "@/lib/domain/event-filter";
import { matchesEventType } from "@/lib/domain/event-matching";
import { encodeId } from "@/lib/domain/ids";
import type { DraftVerdict, EventDraft } from "@/lib/schemas/event-draft";
import { AppError } from "@/lib/server/app-error";
import { listSubscriptions } from "@/lib/server/db/event-types";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { acceptEvents } from "@/lib/server/publishing/accept-events";
import { parseDraftData } from "@/lib/server/publishing/draft-data";

/** What publishing a draft would say and whom it would reach, without publishing anything. */
export async function checkEventDraft(
  deps: Deps,
  { organizationId }: Principal,
  { eventType, dataText }: EventDraft,
): Promise<DraftVerdict> {
  const parsed = parseDraftData(dataText);
  if ("problem" in parsed) return { problems: [parsed.problem], endpoints: [] };
  try {
    const request = { eventType, data: parsed.data, dataText, pathPrefix: "" };
    await acceptEvents(deps.sql, organizationId, [request], deps.clock());
  } catch (error) {
    if (error instanceof AppError) return { problems: [...error.errors], endpoints: [] };
    throw error;
  }
  const subscriptions = await listSubscriptions(deps.sql, organizationId);
  const reached = subscriptions.filter(
    (endpoint) =>
      endpoint.state !== "disabled" &&
      matchesEventType(endpoint.eventTypes, eventType) &&
      (endpoint.filter === null || matchesFilter(endpoint.filter, parsed.data)),
  );
  return {
    problems: [],
    endpoints: reached.map(({ id, url, state }) => ({ id: encodeId("ep", id), url, state })),
  };
}
