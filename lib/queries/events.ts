import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { EventDetailOut, EventSummaryOut } from "@/lib/schemas/event";
import type { Page } from "@/lib/schemas/paging";
import { fetchJson, withQuery } from "./fetch-json";
import { listInterval } from "./list-interval";

/** Only while the tab is visible: react-query pauses intervals in the background. */
const liveMs = 2_000;

/** What the address says; the moments of a range like "the last hour" move with every request. */
export interface EventListFilter {
  eventTypes: readonly string[];
  id: string;
  range: string | null;
  since: Date | null;
  until: Date | null;
}

export interface Moments {
  since: Date;
  until: Date | null;
}

export type EventPage = Page<EventSummaryOut>;

const openStates = new Set(["pending", "held"]);

export const eventQueries = {
  all: () => ["events"] as const,
  list: (filter: EventListFilter, momentsNow: () => Moments) =>
    infiniteQueryOptions({
      queryKey: [...eventQueries.all(), "list", filter] as const,
      queryFn: ({ pageParam, signal }) => {
        const { since, until } = momentsNow();
        const query = {
          eventTypes: filter.eventTypes.join(","),
          id: filter.id,
          since: since.toISOString(),
          until: until?.toISOString(),
          cursor: pageParam,
        };
        return fetchJson<EventPage>(withQuery("/api/internal/events", query), signal);
      },
      initialPageParam: null as string | null,
      getNextPageParam: (page: EventPage) => page.nextCursor,
      refetchInterval: listInterval(liveMs),
    }),
  /** Live until every delivery has ended; a replay may add one later, which the next visit shows. */
  detail: (id: string) =>
    queryOptions({
      queryKey: [...eventQueries.all(), "detail", id] as const,
      queryFn: ({ signal }) =>
        fetchJson<EventDetailOut>(`/api/internal/events/${encodeURIComponent(id)}`, signal),
      refetchInterval: ({ state }) =>
        state.data?.deliveries.every((delivery) => !openStates.has(delivery.state)) ? false : liveMs,
    }),
};
