import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { endpointFilterParsers } from "@/components/endpoints/endpoint-filters";
import { EndpointList } from "@/components/endpoints/endpoint-list";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { getQueryClient } from "@/lib/queries/client";
import { endpointQueries } from "@/lib/queries/endpoints";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { listEndpointCards } from "@/lib/server/use-cases/list-endpoint-cards";

export const metadata: Metadata = { title: "Endpoints" };

const loadFilters = createLoader(endpointFilterParsers);

export default async function EndpointsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const user = await requireUser();
  const { q, state, status } = await loadFilters(searchParams);
  const queries = getQueryClient();
  await queries.prefetchInfiniteQuery({
    ...endpointQueries.list({ search: q, state, status }),
    queryFn: () =>
      listEndpointCards(getDeps(), user, {
        limit: 50,
        search: q.slice(0, 200) || undefined,
        state: state || undefined,
        status: status || undefined,
      }),
  });
  return (
    <>
      <PageHeader
        title="Endpoints"
        description="URLs that receive your organization's events."
        actions={
          <LinkButton href="/endpoints/new" variant="primary">
            <Plus aria-hidden />
            Create endpoint
          </LinkButton>
        }
      />
      <HydrationBoundary state={dehydrate(queries)}>
        <EndpointList />
      </HydrationBoundary>
    </>
  );
}
