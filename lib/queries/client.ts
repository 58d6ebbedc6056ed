import { isServer, QueryClient } from "@tanstack/react-query";

const attemptsMax = 3;

/** A refusal (4xx) will be refused again; only what may pass by itself is retried. */
function isWorthRetrying(error: unknown): boolean {
  const status = typeof error === "object" && error !== null && "status" in error ? error.status : undefined;
  return typeof status !== "number" || status >= 500 || status === 429;
}

function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // What the server prefetched must not be fetched again on hydration; live lists set refetchInterval.
        staleTime: 10_000,
        retry: (failureCount, error) => failureCount < attemptsMax && isWorthRetrying(error),
        retryDelay: (attempt) => Math.min(1000 * 2 ** attempt, 8_000),
      },
      // A mutation that timed out may have happened: a person decides whether to press again.
      mutations: { retry: false },
    },
  });
}

/** A react-query client for one request: on the server, data of two people must never meet. */
export function getQueryClient(): QueryClient {
  return makeQueryClient();
}

let inBrowser: { reader: string; client: QueryClient } | undefined;

/**
 * The react-query client that components use. In the browser there is one for as long as the same `reader` looks at the
 * page, because React may throw away a render and must find the same cache again. Keys name what was read and not whose
 * it is: another reader begins with an empty cache.
 */
export function queryClientOf(reader: string): QueryClient {
  if (isServer) return makeQueryClient();
  if (inBrowser?.reader !== reader) inBrowser = { reader, client: makeQueryClient() };
  return inBrowser.client;
}
