import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { OverviewOut, OverviewRange } from "@/lib/schemas/overview";
import { fetchJson, withQuery } from "./fetch-json";

export const overviewQueries = {
  all: () => ["overview"] as const,
  show: (range: OverviewRange) =>
    queryOptions({
      queryKey: [...overviewQueries.all(), range] as const,
      queryFn: ({ signal }) => fetchJson<OverviewOut>(withQuery("/api/internal/overview", { range }), signal),
      refetchInterval: 5_000,
      placeholderData: keepPreviousData,
    }),
};
