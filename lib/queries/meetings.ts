import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import type { MeetingOut, MeetingView } from "@/lib/schemas/meeting";
import type { Page } from "@/lib/schemas/paging";
import { fetchJson, withQuery } from "./fetch-json";

/** People book by the minute, not by the second. */
const liveMs = 5_000;

export interface MeetingListFilter {
  view: MeetingView;
  /** `usr_...`; none means everyone's. */
  owner: readonly string[];
}

export const meetingQueries = {
  all: () => ["meetings"] as const,
  list: (filter: MeetingListFilter) =>
    infiniteQueryOptions({
      queryKey: [...meetingQueries.all(), "list", filter] as const,
      queryFn: ({ pageParam, signal }) => {
        const query = { view: filter.view, owner: filter.owner.join(","), cursor: pageParam };
        return fetchJson<Page<MeetingOut>>(withQuery("/api/internal/scheduler", query), signal);
      },
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      refetchInterval: liveMs,
      placeholderData: keepPreviousData,
    }),
};
