"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { PublishActions } from "@/components/events/publish-actions";
import { useSettled } from "@/components/ui/use-settled";
import { eventQueries } from "@/lib/queries/events";
import type { DraftVerdict, EventDraft } from "@/lib/schemas/event-draft";

/**
 * What the server says about the draft, asked again when the typing pauses. While a new answer is on its way the last
 * one stays, marked as stale, so that nothing jumps between two keystrokes.
 */
export function useDraftVerdict(
  draft: EventDraft,
  check: PublishActions["check"],
): { verdict: DraftVerdict | null; isStale: boolean; failed: boolean } {
  const settled = useSettled(draft);
  const query = useQuery({
    queryKey: [...eventQueries.all(), "draft", settled.eventType, settled.dataText],
    queryFn: async () => {
      const result = await check(settled);
      if (result.ok) return result.value;
      // Without a place there is nothing to mend in the draft: the check itself did not work.
      if (result.errors.length === 0) throw new Error(result.message);
      return { problems: result.errors, endpoints: [] };
    },
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  const isSettled = settled.eventType === draft.eventType && settled.dataText === draft.dataText;
  return {
    verdict: query.data ?? null,
    isStale: !isSettled || query.isPlaceholderData,
    failed: query.isError,
  };
}
