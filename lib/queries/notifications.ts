import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { NoticeDetail, NoticeOut } from "@/lib/schemas/notification";
import type { Page } from "@/lib/schemas/paging";
import { fetchJson, withQuery } from "./fetch-json";
import { listInterval } from "./list-interval";

const base = "/api/internal/notifications";
const liveMs = 2_000;

export interface NoticeFilter {
  kind: readonly string[];
  state: readonly string[];
  endpoint: string | null;
}

export const noticeQueries = {
  all: () => ["notifications"] as const,
  list: (filter: NoticeFilter) =>
    infiniteQueryOptions({
      queryKey: [...noticeQueries.all(), "list", filter] as const,
      queryFn: ({ pageParam, signal }) => {
        const { kind, state, endpoint } = filter;
        const query = { kind: kind.join(","), state: state.join(","), endpoint, cursor: pageParam };
        return fetchJson<Page<NoticeOut>>(withQuery(base, query), signal);
      },
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      refetchInterval: listInterval(liveMs),
      placeholderData: keepPreviousData,
    }),
  detail: (id: string) =>
    queryOptions({
      queryKey: [...noticeQueries.all(), "detail", id] as const,
      queryFn: ({ signal }) => fetchJson<NoticeDetail>(`${base}/${encodeURIComponent(id)}`, signal),
      refetchInterval: liveMs,
    }),
};
