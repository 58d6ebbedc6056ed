"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { RadioTower, Send } from "lucide-react";
import { useQueryStates } from "nuqs";
import { DeliveryCounts } from "@/components/events/delivery-state";
import { eventFilterParams, eventFilterParsers } from "@/components/events/event-filter";
import { LiveMark } from "@/components/shell/live-mark";
import { CopyableId } from "@/components/ui/copyable-id";
import { DottedName } from "@/components/ui/dotted-name";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { FilterBar } from "@/components/ui/filter-bar/filter-bar";
import { resolveTimeRange } from "@/components/ui/filter-bar/time-range";
import {
  ClearFilters,
  UrlMultiSelect,
  UrlSearch,
  UrlTimeRange,
} from "@/components/ui/filter-bar/url-filters";
import { LinkButton } from "@/components/ui/link-button";
import { LoadMore } from "@/components/ui/load-more";
import type { MultiSelectOption } from "@/components/ui/multi-select";
import { NoMatchState } from "@/components/ui/no-match-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Cell, HeaderCell, Row, RowLink, Table } from "@/components/ui/table";
import { Timestamp } from "@/components/ui/timestamp";
import { eventQueries } from "@/lib/queries/events";
import type { EventSummaryOut } from "@/lib/schemas/event";

/** The live list of events with its filters, all of them in the address. */
export function EventList({ eventTypes }: { eventTypes: readonly MultiSelectOption[] }) {
  return (
    <>
      <FilterBar aside={<LiveMark />}>
        <UrlSearch param="id" label="Find by event id" shortcut />
        <UrlMultiSelect
          param="eventType"
          label="Event type"
          options={eventTypes}
          searchPlaceholder="Find a type"
        />
        <UrlTimeRange />
        <ClearFilters params={eventFilterParams} />
      </FilterBar>
      <EventRows />
    </>
  );
}

function EventRows() {
  const [{ eventType, ...rest }] = useQueryStates(eventFilterParsers);
  const filter = { ...rest, eventTypes: eventType };
  const query = useInfiniteQuery(eventQueries.list(filter, () => resolveTimeRange(filter, new Date())));
  if (query.isPending) return <SkeletonRows />;
  if (query.isError && !query.data) {
    return <ErrorState onRetry={() => void query.refetch()} retrying={query.isFetching} />;
  }
  const events = query.data.pages.flatMap((page) => page.items);
  const isFiltered =
    eventType.length > 0 ||
    rest.id !== "" ||
    rest.range !== null ||
    rest.since !== null ||
    rest.until !== null;
  if (events.length === 0) return isFiltered ? <NothingFound byId={rest.id !== ""} /> : <NoEvents />;
  return (
    <EventTable
      events={events}
      footer={
        <LoadMore
          shownCount={events.length}
          noun={events.length === 1 ? "event" : "events"}
          hasMore={query.hasNextPage}
          loading={query.isFetchingNextPage}
          onLoadMore={() => void query.fetchNextPage()}
        />
      }
    />
  );
}

function EventTable({ events, footer }: { events: readonly EventSummaryOut[]; footer: React.ReactNode }) {
  return (
    <Table
      caption="Events, newest first"
      footer={footer}
      head={
        <>
          <HeaderCell>Event type</HeaderCell>
          <HeaderCell>Event</HeaderCell>
          <HeaderCell>Deliveries</HeaderCell>
          <HeaderCell align="end">Accepted</HeaderCell>
        </>
      }
    >
      {events.map((event) => (
        <Row key={event.id}>
          <Cell>
            <RowLink href={`/events/${event.id}`} className="font-mono text-xs">
              <DottedName name={event.eventType} />
            </RowLink>
          </Cell>
          <Cell label="Event">
            <CopyableId id={event.id} />
          </Cell>
          <Cell label="Deliveries">
            <DeliveryCounts counts={event.deliveryCounts} />
          </Cell>
          <Cell label="Accepted" align="end" className="text-muted">
            <Timestamp at={event.createdAt} />
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

function NothingFound({ byId }: { byId: boolean }) {
  return (
    <NoMatchState action={<ClearFilters params={eventFilterParams} />}>
      {byId
        ? "An event is found by its whole id, which begins with evt_, for as long as it is kept."
        : undefined}
    </NoMatchState>
  );
}

function NoEvents() {
  return (
    <EmptyState
      icon={RadioTower}
      title="No events yet"
      takesOver
      action={
        <LinkButton href="/events/publish" variant="primary">
          <Send aria-hidden />
          Publish an event
        </LinkButton>
      }
    >
      Your product publishes events with POST /api/v1/events. Publish one by hand to see where it goes.
    </EmptyState>
  );
}
