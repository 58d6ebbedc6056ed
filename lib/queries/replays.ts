import { queryOptions } from "@tanstack/react-query";
import type { ReplayOut, Undelivered } from "@/lib/schemas/replay";
import { fetchJson } from "./fetch-json";

const base = (endpointId: string) => `/api/internal/endpoints/${endpointId}`;
const liveMs = 1_000;
const quietMs = 5_000;
/** Counting reads days of events: seldom. */
const countMs = 20_000;

/** What an endpoint did not get, and the replays that bring it. */
export const replayQueries = {
  all: (endpointId: string) => ["replays", endpointId] as const,
  undelivered: (endpointId: string) =>
    queryOptions({
      queryKey: [...replayQueries.all(endpointId), "undelivered"] as const,
      queryFn: ({ signal }) => fetchJson<Undelivered>(`${base(endpointId)}/undelivered`, signal),
      refetchInterval: countMs,
      staleTime: countMs / 2,
    }),
  list: (endpointId: string) =>
    queryOptions({
      queryKey: [...replayQueries.all(endpointId), "list"] as const,
      queryFn: ({ signal }) => fetchJson<ReplayOut[]>(`${base(endpointId)}/replays`, signal),
      // Often while something moves, so that the bar does; seldom otherwise.
      refetchInterval: (query) =>
        query.state.data?.some((replay) => replay.state === "running") ? liveMs : quietMs,
    }),
};
