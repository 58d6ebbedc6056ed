import {
  notifyManager,
  onlineManager,
  type Query,
  type QueryCache,
  useQueryClient,
} from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";
import { FetchError } from "@/lib/queries/fetch-json";

/** Whether what is shown is kept up to date; `signed-out` when the session has ended meanwhile. */
export type Connection = "live" | "lost" | "signed-out";

/** How the page's own queries fare, all of them together: read again and again, they are the first to know. */
export function useConnection(): Connection {
  const cache = useQueryClient().getQueryCache();
  const subscribe = useCallback(
    (onChange: () => void) => {
      const changed = notifyManager.batchCalls(onChange);
      const leaves = [cache.subscribe(changed), onlineManager.subscribe(changed)];
      return () => leaves.forEach((leave) => leave());
    },
    [cache],
  );
  return useSyncExternalStore<Connection>(
    subscribe,
    () => connectionOf(cache),
    () => "live",
  );
}

export function connectionOf(cache: QueryCache): Connection {
  const troubles = cache
    .getAll()
    .filter((query) => query.isActive())
    .map(troubleOf);
  if (troubles.includes("signed-out")) return "signed-out";
  return troubles.includes("lost") || !onlineManager.isOnline() ? "lost" : "live";
}

function troubleOf({ state }: Query): Connection {
  const { error, fetchFailureReason, fetchFailureCount, data } = state;
  // A first failure may pass within the second. A page that never got its data says so itself.
  const reason = error ?? (fetchFailureCount > 1 ? fetchFailureReason : null);
  if (reason === null) return "live";
  const status = reason instanceof FetchError ? reason.status : null;
  if (status === 401) return "signed-out";
  return data === undefined || (status !== null && status < 500) ? "live" : "lost";
}
