import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { Overview } from "@/components/overview/overview";
import { getQueryClient } from "@/lib/queries/client";
import { overviewQueries } from "@/lib/queries/overview";
import { OverviewQuery } from "@/lib/schemas/overview";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { getOverview } from "@/lib/server/use-cases/get-overview";

export const metadata: Metadata = { title: "Overview" };

type OverviewPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function OverviewPage({ searchParams }: OverviewPageProps) {
  const user = await requireUser();
  const { range } = OverviewQuery.catch({ range: "24h" }).parse(await searchParams);
  const client = getQueryClient();
  await client.prefetchQuery({
    ...overviewQueries.show(range),
    queryFn: () => getOverview(getDeps(), user, range),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <Overview organizationName={user.organizationName} />
    </HydrationBoundary>
  );
}
