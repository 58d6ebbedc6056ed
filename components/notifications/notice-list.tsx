"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { MailCheck } from "lucide-react";
import { useQueryStates } from "nuqs";
import { noticeFilterParsers } from "@/components/notifications/notice-filters";
import { NoticeRow } from "@/components/notifications/notice-row";
import { kindLabels, mailStateLabels } from "@/components/notifications/notice-words";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { FilterBar } from "@/components/ui/filter-bar/filter-bar";
import { ClearFilters, UrlMultiSelect } from "@/components/ui/filter-bar/url-filters";
import { LoadMore } from "@/components/ui/load-more";
import { NoMatchState } from "@/components/ui/no-match-state";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { HeaderCell, Table } from "@/components/ui/table";
import { noticeKinds, noticeStates } from "@/lib/domain/notice";
import { noticeQueries } from "@/lib/queries/notifications";
import type { NoticeEndpoint } from "@/lib/schemas/notification";

const params = ["kind", "state", "endpoint"];

type NoticeListProps = {
  endpoints: readonly NoticeEndpoint[];
  /** Whether there is a mail server. */
  sends: boolean;
  /** Whether the reader runs the instance, and could give it one. */
  isOperator: boolean;
};

/** Every mail about an endpoint, live, newest first. */
export function NoticeList({ endpoints, sends, isOperator }: NoticeListProps) {
  const [filter] = useQueryStates(noticeFilterParsers);
  const query = useInfiniteQuery(noticeQueries.list(filter));
  const notices = query.data?.pages.flatMap((page) => page.items) ?? [];
  const isFiltered = filter.kind.length > 0 || filter.state.length > 0 || filter.endpoint !== null;
  return (
    <>
      {!sends && (
        <Callout title="Mails are kept here, not sent" className="mb-4">
          There is no mail server.{" "}
          {isOperator ? (
            <>
              Set <code className="font-mono text-xs">SMTP_URL</code> and{" "}
              <code className="font-mono text-xs">MAIL_FROM</code>, restart Posthorn, and new mails are sent.
            </>
          ) : (
            "Whoever runs this instance can connect one; until then, look here for news of your endpoints."
          )}
        </Callout>
      )}
      {(notices.length > 0 || isFiltered) && <NoticeFilters endpoints={endpoints} />}
      {query.isPending ? (
        <SkeletonRows columns={4} />
      ) : query.isError && !query.data ? (
        <ErrorState onRetry={() => void query.refetch()} retrying={query.isFetching} />
      ) : notices.length === 0 ? (
        isFiltered ? (
          <NoMatchState action={<ClearFilters params={params} />}>
            There are mails about other endpoints or of other kinds.
          </NoMatchState>
        ) : (
          <EmptyState icon={MailCheck} title="Nothing to tell so far">
            When an endpoint goes on probation, is disabled, cannot be validated or recovers, the mail about
            it is listed here.
          </EmptyState>
        )
      ) : (
        <Table
          caption="Mails about endpoints"
          head={
            <>
              <HeaderCell>About</HeaderCell>
              <HeaderCell>Endpoint</HeaderCell>
              <HeaderCell>To</HeaderCell>
              <HeaderCell>State</HeaderCell>
              <HeaderCell align="end">Written</HeaderCell>
            </>
          }
          footer={
            <LoadMore
              shownCount={notices.length}
              noun="mails"
              hasMore={query.hasNextPage}
              loading={query.isFetchingNextPage}
              onLoadMore={() => void query.fetchNextPage()}
            />
          }
        >
          {notices.map((notice) => (
            <NoticeRow key={notice.id} notice={notice} />
          ))}
        </Table>
      )}
    </>
  );
}

function NoticeFilters({ endpoints }: Pick<NoticeListProps, "endpoints">) {
  const [{ endpoint }, setFilter] = useQueryStates(noticeFilterParsers);
  const options = endpoints.map(({ id, url }) => ({ value: id, label: url }));
  const isListed = endpoint === null || endpoints.some(({ id }) => id === endpoint);
  return (
    <FilterBar>
      <UrlMultiSelect
        param="kind"
        label="About"
        options={noticeKinds.map((kind) => ({ value: kind, label: kindLabels[kind] }))}
      />
      <UrlMultiSelect
        param="state"
        label="State"
        options={noticeStates.map((state) => ({ value: state, label: mailStateLabels[state] }))}
      />
      <Select
        aria-label="Endpoint"
        className="w-64 max-w-full"
        value={endpoint ?? ""}
        onChange={(event) => void setFilter({ endpoint: event.target.value || null })}
        options={[
          { value: "", label: "All endpoints" },
          ...options,
          ...(isListed ? [] : [{ value: endpoint, label: endpoint }]),
        ]}
      />
      <ClearFilters params={params} />
    </FilterBar>
  );
}
