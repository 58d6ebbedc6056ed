"use client";

import { useQuery } from "@tanstack/react-query";
import { useSettled } from "@/components/ui/use-settled";
import { endpointQueries } from "@/lib/queries/endpoints";
import { FetchError } from "@/lib/queries/fetch-json";
import type { SubscriptionPreview } from "@/lib/schemas/endpoint-page";

const pauseMs = 350;

type SubscriptionPreviewLineProps = {
  eventTypes: readonly string[];
  filter: string;
  /** The filter that the form was refused with; what is wrong with it stands beside its field. */
  refusedFilter: string | null;
};

/** "The last 7 days would have sent 1,204 events": an over-wide subscription is seen before it is saved. */
export function SubscriptionPreviewLine({ refusedFilter, ...props }: SubscriptionPreviewLineProps) {
  const { eventTypes, filter } = props;
  // As text, which is the same also where the list was made anew.
  const settled = useSettled(JSON.stringify({ eventTypes, filter }), pauseMs);
  const asked = JSON.parse(settled) as typeof props;
  const query = useQuery({
    ...endpointQueries.preview(asked.eventTypes, asked.filter),
    enabled: asked.eventTypes.length > 0,
  });
  return (
    <p aria-live="polite" className="min-h-10 text-xs text-muted">
      {props.eventTypes.length === 0
        ? "No event type is chosen: nothing would be sent."
        : query.error instanceof FetchError
          ? asked.filter === refusedFilter
            ? "What would have been sent is counted once the filter is mended."
            : query.error.message
          : query.data
            ? spell(query.data)
            : "Counting what would have been sent…"}
    </p>
  );
}

function spell({ matchedTypes, byType, sample, retentionDays }: SubscriptionPreview): string {
  const days = retentionDays <= 1 ? "The last day" : `The last ${retentionDays} days`;
  if (matchedTypes === 0) return `${days} had no event of these types.`;
  const number = (count: number) => count.toLocaleString("en");
  const most = byType.slice(0, 3).map(({ eventType, count }) => `${eventType} ${number(count)}`);
  const rest = byType.length > 3 ? `, ${byType.length - 3} more types` : "";
  const types = ` (${most.join(", ")}${rest})`;
  if (sample === null) {
    return `${days} would have sent ${number(matchedTypes)} ${matchedTypes === 1 ? "event" : "events"}${types}.`;
  }
  const isAll = sample.looked >= matchedTypes;
  if (isAll)
    return `${days} would have sent ${number(sample.passed)} of ${number(matchedTypes)} events${types}.`;
  return `${days} had ${number(matchedTypes)} events of these types${types}; ${number(sample.passed)} of the newest ${number(sample.looked)} pass the filter.`;
}
