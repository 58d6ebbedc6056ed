import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import type { AuditEntryOut } from "@/lib/schemas/audit";
import type { Page } from "@/lib/schemas/paging";
import type { Moments } from "./events";
import { fetchJson, withQuery } from "./fetch-json";

/** What the address says; the moments of a range like "the last hour" move with every request. */
export interface AuditListFilter {
  q: string;
  actor: readonly string[];
  action: readonly string[];
  all: "0" | "1";
  range: string | null;
  since: Date | null;
  until: Date | null;
}

const liveMs = 5_000;

export const auditQueries = {
  all: () => ["audit"] as const,
  list: (filter: AuditListFilter, momentsNow: () => Moments) =>
    infiniteQueryOptions({
      queryKey: [...auditQueries.all(), "list", filter] as const,
      queryFn: ({ pageParam, signal }) => {
        const { since, until } = momentsNow();
        const query = {
          search: filter.q.slice(0, 200),
          actor: filter.actor.join(","),
          action: filter.action.join(","),
          all: filter.all,
          since: since.toISOString(),
          until: until?.toISOString(),
          cursor: pageParam,
        };
        return fetchJson<Page<AuditEntryOut>>(withQuery("/api/internal/audit", query), signal);
      },
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      // Whoever has loaded more than one page is reading, not watching; and a search may read all there is.
      refetchInterval: ({ state }) =>
        filter.q !== "" || (state.data?.pages.length ?? 0) > 1 ? false : liveMs,
      placeholderData: keepPreviousData,
    }),
};
