import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { EndpointCard, EndpointPage, SubscriptionPreview } from "@/lib/schemas/endpoint-page";
import type { TransitionOut } from "@/lib/schemas/endpoint-transition";
import type { Page } from "@/lib/schemas/paging";
import { fetchJson, withQuery } from "./fetch-json";
import { listInterval } from "./list-interval";

const base = "/api/internal/endpoints";
const liveMs = 2_000;

export interface EndpointListFilter {
  search: string;
  /** Empty: any. */
  state: string;
  status: string;
}

/** Keys, fetchers and options of everything that is read about endpoints; the pages prefetch the same keys. */
export const endpointQueries = {
  all: () => ["endpoints"] as const,
  list: (filter: EndpointListFilter) =>
    infiniteQueryOptions({
      queryKey: [...endpointQueries.all(), "list", filter] as const,
      queryFn: ({ pageParam, signal }) =>
        fetchJson<Page<EndpointCard>>(withQuery(base, { ...filter, cursor: pageParam }), signal),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      refetchInterval: liveMs,
      placeholderData: keepPreviousData,
    }),
  page: (id: string) =>
    queryOptions({
      queryKey: [...endpointQueries.all(), "page", id] as const,
      queryFn: ({ signal }) => fetchJson<EndpointPage>(`${base}/${id}`, signal),
      refetchInterval: liveMs,
    }),
  transitions: (id: string) =>
    infiniteQueryOptions({
      queryKey: [...endpointQueries.all(), "transitions", id] as const,
      queryFn: ({ pageParam, signal }) =>
        fetchJson<Page<TransitionOut>>(withQuery(`${base}/${id}/transitions`, { cursor: pageParam }), signal),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      refetchInterval: listInterval(2 * liveMs),
    }),
  preview: (eventTypes: readonly string[], filter: string) =>
    queryOptions({
      queryKey: [...endpointQueries.all(), "preview", eventTypes, filter] as const,
      queryFn: ({ signal }) =>
        fetchJson<SubscriptionPreview>(
          withQuery(`${base}/preview`, { eventTypes: eventTypes.join(","), filter }),
          signal,
        ),
      placeholderData: keepPreviousData,
      retry: false,
    }),
};
