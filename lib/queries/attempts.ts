import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { AttemptFilterOptions, AttemptSummaryOut } from "@/lib/schemas/attempt";
import type { AttemptDetailOut } from "@/lib/schemas/delivery";
import type { Page } from "@/lib/schemas/paging";
import { fetchJson, withQuery } from "./fetch-json";

const base = "/api/internal/attempts";
/** Only while the tab is visible: react-query pauses intervals in the background. */
const liveMs = 2_000;

/** As the address and the query string spell it; lists are separated by commas, an empty text is any. */
export type AttemptListFilter = Readonly<
  Record<"endpointId" | "eventType" | "outcome" | "statusCode" | "range" | "since" | "until", string>
>;

export const attemptQueries = {
  all: () => ["attempts"] as const,
  /**
   * The pages that a person sees. Attempts never change, so these are fetched once; what is new comes from `head` and
   * is merged in where it does not move what is being read.
   */
  list: (filter: AttemptListFilter) =>
    infiniteQueryOptions({
      queryKey: [...attemptQueries.all(), "list", filter] as const,
      queryFn: ({ pageParam, signal }) =>
        fetchJson<Page<AttemptSummaryOut>>(withQuery(base, { ...filter, cursor: pageParam }), signal),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: keepPreviousData,
      staleTime: Infinity,
    }),
  /** The newest page, again and again. */
  head: (filter: AttemptListFilter) =>
    queryOptions({
      queryKey: [...attemptQueries.all(), "head", filter] as const,
      queryFn: ({ signal }) => fetchJson<Page<AttemptSummaryOut>>(withQuery(base, filter), signal),
      refetchInterval: liveMs,
      staleTime: 0,
    }),
  filters: () =>
    queryOptions({
      queryKey: [...attemptQueries.all(), "filters"] as const,
      queryFn: ({ signal }) => fetchJson<AttemptFilterOptions>(`${base}/filters`, signal),
      staleTime: 60_000,
    }),
  /** Read again for as long as the delivery is on its way. */
  detail: (id: string) =>
    queryOptions({
      queryKey: [...attemptQueries.all(), "detail", id] as const,
      queryFn: ({ signal }) => fetchJson<AttemptDetailOut>(`${base}/${encodeURIComponent(id)}`, signal),
      refetchInterval: (query) => (isOpen(query.state.data) ? liveMs : false),
    }),
};

function isOpen(detail: AttemptDetailOut | undefined): boolean {
  const state = detail?.delivery?.state;
  return state === "pending" || state === "held";
}
