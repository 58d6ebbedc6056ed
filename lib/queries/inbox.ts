import { queryOptions } from "@tanstack/react-query";
import type { InboxOut, InboxPageOut, InboxRequestOut } from "@/lib/schemas/inbox";
import { fetchJson } from "./fetch-json";

/** Only while the tab is visible: react-query pauses intervals in the background. */
const liveMs = 2_000;

export const inboxQueries = {
  all: () => ["inbox"] as const,
  list: () =>
    queryOptions({
      queryKey: [...inboxQueries.all(), "list"] as const,
      queryFn: ({ signal }) => fetchJson<InboxOut[]>("/api/internal/inbox", signal),
      refetchInterval: liveMs,
    }),
  page: (id: string) =>
    queryOptions({
      queryKey: [...inboxQueries.all(), "page", id] as const,
      queryFn: ({ signal }) =>
        fetchJson<InboxPageOut>(`/api/internal/inbox/${encodeURIComponent(id)}`, signal),
      refetchInterval: liveMs,
    }),
  /** What arrived does not change any more. */
  request: (inboxId: string, id: string) =>
    queryOptions({
      queryKey: [...inboxQueries.all(), "request", inboxId, id] as const,
      queryFn: ({ signal }) =>
        fetchJson<InboxRequestOut>(
          `/api/internal/inbox/${encodeURIComponent(inboxId)}/requests/${encodeURIComponent(id)}`,
          signal,
        ),
      staleTime: Infinity,
    }),
};
