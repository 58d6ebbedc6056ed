import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { attemptListFilter, loadAttemptFilter } from "@/components/attempts/attempt-filter";
import { AttemptList } from "@/components/attempts/attempt-list";
import { attemptQueries } from "@/lib/queries/attempts";
import { getQueryClient } from "@/lib/queries/client";
import { AttemptSummaryQuery } from "@/lib/schemas/attempt";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { listAttemptFilters } from "@/lib/server/use-cases/list-attempt-filters";
import { listAttemptSummaries } from "@/lib/server/use-cases/list-attempts";
import { loadEndpoint } from "../load-endpoint";

export const metadata: Metadata = { title: "Attempts" };

type AttemptsPageProps = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function EndpointAttemptsPage({ params, searchParams }: AttemptsPageProps) {
  const user = await requireUser();
  const { endpoint } = await loadEndpoint((await params).id);
  const queries = getQueryClient();
  const filter = attemptListFilter(await loadAttemptFilter(searchParams), endpoint.id);
  const asked = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ""));
  await Promise.all([
    queries.prefetchQuery({
      ...attemptQueries.filters(),
      queryFn: () => listAttemptFilters(getDeps(), user),
    }),
    queries.prefetchInfiniteQuery({
      ...attemptQueries.list(filter),
      // What the address says may be no filter at all: then the browser asks and shows the refusal.
      queryFn: () => listAttemptSummaries(getDeps(), user, AttemptSummaryQuery.parse(asked)),
      retry: false,
    }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <AttemptList endpointId={endpoint.id} />
    </HydrationBoundary>
  );
}
