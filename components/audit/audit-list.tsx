"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useQueryStates } from "nuqs";
import {
  auditFilterParams,
  auditFilterParsers,
  auditMoments,
  auditPresets,
} from "@/components/audit/audit-filters";
import { AuditTable } from "@/components/audit/audit-table";
import { actionOptions } from "@/components/audit/audit-words";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { FilterBar } from "@/components/ui/filter-bar/filter-bar";
import {
  ClearFilters,
  UrlMultiSelect,
  UrlSearch,
  UrlSegmented,
  UrlTimeRange,
} from "@/components/ui/filter-bar/url-filters";
import { LinkButton } from "@/components/ui/link-button";
import { LoadMore } from "@/components/ui/load-more";
import { NoMatchState } from "@/components/ui/no-match-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { auditQueries } from "@/lib/queries/audit";
import type { AuditActorOut } from "@/lib/schemas/audit";

type AuditListProps = { actors: readonly AuditActorOut[]; isOperator: boolean };

/** Who changed what, live, newest first, with its filters in the address. */
export function AuditList({ actors, isOperator }: AuditListProps) {
  return (
    <>
      <FilterBar>
        {isOperator && (
          <UrlSegmented
            param="all"
            server
            label="Organizations"
            defaultValue="0"
            options={[
              { value: "0", label: "This organization" },
              { value: "1", label: "All organizations" },
            ]}
          />
        )}
        <UrlSearch param="q" label="Search address, id or value" shortcut />
        <UrlMultiSelect
          param="actor"
          label="Who"
          options={actors.map(({ actor, actorLabel }) => ({
            value: actor,
            label: actorLabel,
            ...(actor.startsWith("key_") && { hint: "API key" }),
          }))}
          searchPlaceholder="Find a person or key"
        />
        <UrlMultiSelect
          param="action"
          label="What"
          options={actionOptions}
          searchPlaceholder="Find an action"
        />
        <UrlTimeRange fallback="90d" presets={auditPresets} />
        <ClearFilters params={auditFilterParams} />
      </FilterBar>
      <AuditRows />
    </>
  );
}

function AuditRows() {
  const [filter] = useQueryStates(auditFilterParsers);
  const query = useInfiniteQuery(auditQueries.list(filter, () => auditMoments(filter, new Date())));
  if (query.isPending) return <SkeletonRows columns={5} />;
  if (query.isError && !query.data) {
    return <ErrorState onRetry={() => void query.refetch()} retrying={query.isFetching} />;
  }
  const entries = query.data.pages.flatMap((page) => page.items);
  const { q, actor, action, range, since, until, all } = filter;
  const isFiltered = q !== "" || actor.length > 0 || action.length > 0 || range || since || until;
  if (entries.length === 0) {
    return isFiltered ? (
      <NoMatchState action={<ClearFilters params={auditFilterParams} />}>
        Entries are kept for 90 days. The search looks into names, addresses, identifiers and values.
      </NoMatchState>
    ) : (
      <EmptyState
        icon={History}
        title="Nothing was changed yet"
        action={<LinkButton href="/endpoints/new">Create an endpoint</LinkButton>}
      >
        Every change and every look at a secret is written down here: who, what, from where, before and after.
      </EmptyState>
    );
  }
  return (
    <AuditTable
      entries={entries}
      showOrganization={all === "1"}
      footer={
        <LoadMore
          shownCount={entries.length}
          noun={entries.length === 1 ? "entry" : "entries"}
          hasMore={query.hasNextPage}
          loading={query.isFetchingNextPage}
          onLoadMore={() => void query.fetchNextPage()}
        />
      }
    />
  );
}
