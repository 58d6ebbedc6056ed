import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { attemptListFilter, loadAttemptFilter } from "@/components/attempts/attempt-filter";
import { AttemptList } from "@/components/attempts/attempt-list";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { spellDuration } from "@/lib/format/duration";
import { attemptQueries } from "@/lib/queries/attempts";
import { getQueryClient } from "@/lib/queries/client";
import { AttemptSummaryQuery } from "@/lib/schemas/attempt";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { listAttemptFilters } from "@/lib/server/use-cases/list-attempt-filters";
import { listAttemptSummaries } from "@/lib/server/use-cases/list-attempts";

export const metadata: Metadata = { title: "Logs" };

type LogsPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function LogsPage({ searchParams }: LogsPageProps) {
  const user = await requireUser();
  const deps = getDeps();
  const client = getQueryClient();
  const filter = attemptListFilter(await loadAttemptFilter(searchParams));
  const asked = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ""));
  await Promise.all([
    client.prefetchQuery({ ...attemptQueries.filters(), queryFn: () => listAttemptFilters(deps, user) }),
    client.prefetchInfiniteQuery({
      ...attemptQueries.list(filter),
      // What the address says may be no filter at all: then the browser asks and shows the refusal.
      queryFn: () => listAttemptSummaries(deps, user, AttemptSummaryQuery.parse(asked)),
      retry: false,
    }),
  ]);
  return (
    <>
      <PageHeader
        title="Logs"
        description={`Every request of the last ${spellDuration(deps.settings.retentionMs)}, exactly as it was sent, and what was answered.`}
      />
      <HydrationBoundary state={dehydrate(client)}>
        <AttemptList emptyAction={<LinkButton href="/events/publish">Publish an event</LinkButton>} />
      </HydrationBoundary>
    </>
  );
}
