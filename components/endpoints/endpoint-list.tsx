"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Plus, Webhook } from "lucide-react";
import { useQueryStates } from "nuqs";
import { EndpointRow } from "@/components/endpoints/endpoint-row";
import { endpointFilterParsers } from "@/components/endpoints/endpoint-filters";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { FilterBar } from "@/components/ui/filter-bar/filter-bar";
import { ClearFilters, UrlSearch, UrlSegmented } from "@/components/ui/filter-bar/url-filters";
import { LinkButton } from "@/components/ui/link-button";
import { LoadMore } from "@/components/ui/load-more";
import { NoMatchState } from "@/components/ui/no-match-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { HeaderCell, Table } from "@/components/ui/table";
import { endpointQueries } from "@/lib/queries/endpoints";

const params = ["q", "state", "status"];
/** Of the first page; a list that is longer says where it ends. */
const pageSize = 50;

/** Every endpoint of the organization, live; what is searched and filtered stands in the address. */
export function EndpointList() {
  const [{ q, state, status }] = useQueryStates(endpointFilterParsers);
  const query = useInfiniteQuery(endpointQueries.list({ search: q, state, status }));
  const cards = query.data?.pages.flatMap((page) => page.items) ?? [];
  const isFiltered = q !== "" || state !== "" || status !== "";
  return (
    <>
      {(cards.length > 0 || isFiltered) && <EndpointFilters />}
      {query.isPending ? (
        <SkeletonRows columns={4} />
      ) : query.isError && !query.data ? (
        <ErrorState onRetry={() => void query.refetch()} retrying={query.isFetching} />
      ) : cards.length === 0 ? (
        isFiltered ? (
          <NoMatchState action={<ClearFilters params={params} />}>
            Search looks in URLs and descriptions.
          </NoMatchState>
        ) : (
          <NoEndpoints />
        )
      ) : (
        <Table
          caption="Endpoints"
          head={
            <>
              <HeaderCell>Endpoint</HeaderCell>
              <HeaderCell>State</HeaderCell>
              <HeaderCell className="md:max-xl:hidden">Events</HeaderCell>
              <HeaderCell>Last 24 hours</HeaderCell>
              <HeaderCell>Last failure</HeaderCell>
            </>
          }
          footer={
            (query.hasNextPage || cards.length > pageSize) && (
              <LoadMore
                shownCount={cards.length}
                noun="endpoints"
                hasMore={query.hasNextPage}
                loading={query.isFetchingNextPage}
                onLoadMore={() => void query.fetchNextPage()}
              />
            )
          }
        >
          {cards.map((card) => (
            <EndpointRow key={card.endpoint.id} card={card} />
          ))}
        </Table>
      )}
    </>
  );
}

function EndpointFilters() {
  return (
    <FilterBar>
      <UrlSearch param="q" label="Search URL or description" shortcut />
      <UrlSegmented
        param="state"
        label="State"
        defaultValue="any"
        options={[
          { value: "any", label: "All" },
          { value: "active", label: "Active" },
          { value: "validating", label: "Validating" },
          { value: "disabled", label: "Disabled" },
        ]}
      />
      <UrlSegmented
        param="status"
        label="Health"
        defaultValue="any"
        options={[
          { value: "any", label: "Any health" },
          { value: "healthy", label: "Healthy" },
          { value: "warning", label: "Warning" },
          { value: "probation", label: "Probation" },
          { value: "failing", label: "Failing" },
        ]}
      />
      <ClearFilters params={params} />
    </FilterBar>
  );
}

function NoEndpoints() {
  return (
    <EmptyState
      icon={Webhook}
      title="No endpoints yet"
      takesOver
      action={
        <>
          <LinkButton href="/endpoints/new" variant="primary">
            <Plus aria-hidden />
            Create endpoint
          </LinkButton>
          <LinkButton href="/inbox">Use a test inbox</LinkButton>
        </>
      }
    >
      An endpoint is a URL of yours that receives events. Without a server at hand, a test inbox receives them
      for you.
    </EmptyState>
  );
}
