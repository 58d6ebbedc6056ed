import { queryOptions } from "@tanstack/react-query";
import type { InstanceStatusOut } from "@/lib/schemas/instance-status";
import { fetchJson } from "./fetch-json";

/** The server reads the queue at most every two seconds, and less often the longer it is. */
const liveMs = 3_000;

export const operationQueries = {
  all: () => ["operations"] as const,
  status: () =>
    queryOptions({
      queryKey: [...operationQueries.all(), "status"] as const,
      queryFn: ({ signal }) => fetchJson<InstanceStatusOut>("/api/internal/operations", signal),
      refetchInterval: liveMs,
    }),
};
