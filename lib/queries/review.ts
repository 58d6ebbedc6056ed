import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { ReviewOut, ReviewQuery } from "@/lib/schemas/review";
import { fetchJson, withQuery } from "./fetch-json";

const liveMs = 2_000;

export const reviewQueries = {
  all: () => ["review"] as const,
  list: (query: ReviewQuery) =>
    queryOptions({
      queryKey: [...reviewQueries.all(), "list", query] as const,
      queryFn: ({ signal }) =>
        fetchJson<ReviewOut>(
          withQuery("/api/internal/review", { ...query, reason: query.reason.join(",") }),
          signal,
        ),
      refetchInterval: liveMs,
      placeholderData: keepPreviousData,
    }),
};
