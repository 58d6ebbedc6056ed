"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { queryClientOf } from "@/lib/queries/client";

type QueryCacheProps = {
  /** Who reads, and in which organization. */
  reader: string;
  children: ReactNode;
};

/** What the pages behind sign-in have read. It is one reader's: nothing of it is shown after somebody has switched. */
export function QueryCache({ reader, children }: QueryCacheProps) {
  return (
    // By the key everything below begins anew: an observer stays with the cache that it was made for.
    <QueryClientProvider key={reader} client={queryClientOf(reader)}>
      {children}
    </QueryClientProvider>
  );
}
