import "server-only";
import { checkFilter, matchesFilter, type EventFilter } from "@/lib/domain/event-filter";
import { matchesEventType } from "@/lib/domain/event-matching";
import type { PreviewQuery, SubscriptionPreview } from "@/lib/schemas/endpoint-page";
import { invalid } from "@/lib/server/app-error";
import { countEventsByType, sampleEventData } from "@/lib/server/db/event-counts";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { oldestKeptId } from "./event-range";

const sampleMax = 300;
const dayMs = 86_400_000;

/**
 * What a subscription would have sent in the retention: an over-wide one is seen before it is saved. Throws 422 for a
 * filter that cannot be used.
 */
export async function previewSubscription(
  deps: Deps,
  { organizationId }: Principal,
  { eventTypes, filter: filterText }: PreviewQuery,
): Promise<SubscriptionPreview> {
  const patterns = eventTypes.split(",").filter((pattern) => pattern !== "");
  const filter = parseFilter(filterText ?? "");
  const sinceId = oldestKeptId(deps);
  const counts = await countEventsByType(deps.sql, organizationId, sinceId);
  const byType = counts.filter(({ eventType }) => matchesEventType(patterns, eventType));
  const wanted = byType.map(({ eventType }) => eventType);
  const selection = { eventTypes: wanted, sinceId, limit: sampleMax };
  const sample =
    filter === null || wanted.length === 0
      ? null
      : passing(filter, await sampleEventData(deps.sql, organizationId, selection));
  return {
    matchedTypes: byType.reduce((sum, { count }) => sum + count, 0),
    byType,
    sample,
    retentionDays: Math.round(deps.settings.retentionMs / dayMs),
  };
}

function parseFilter(text: string): EventFilter | null {
  if (text.trim() === "") return null;
  let filter: unknown;
  try {
    filter = JSON.parse(text);
  } catch {
    throw invalid([{ path: "filter", message: "is not valid JSON" }]);
  }
  const problems = checkFilter(filter);
  if (problems.length > 0) throw invalid(problems.map((message) => ({ path: "filter", message })));
  return filter as EventFilter;
}

function passing(filter: EventFilter, data: readonly string[]): { looked: number; passed: number } {
  const passed = data.filter((text) => matchesFilter(filter, JSON.parse(text))).length;
  return { looked: data.length, passed };
}
