"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { CalendarDays, CalendarPlus } from "lucide-react";
import { useQueryStates } from "nuqs";
import { meetingFilterParams, meetingFilterParsers } from "@/components/scheduler/meeting-filters";
import { MeetingTable } from "@/components/scheduler/meeting-table";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { FilterBar } from "@/components/ui/filter-bar/filter-bar";
import { ClearFilters, UrlMultiSelect, UrlSegmented } from "@/components/ui/filter-bar/url-filters";
import { LinkButton } from "@/components/ui/link-button";
import { LoadMore } from "@/components/ui/load-more";
import { NoMatchState } from "@/components/ui/no-match-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { meetingQueries } from "@/lib/queries/meetings";
import type { CalendarOwnerOut } from "@/lib/schemas/meeting";

/** The organization's meetings, live, the nearest first; what is filtered stands in the address. */
export function MeetingList({ owners }: { owners: readonly CalendarOwnerOut[] }) {
  return (
    <>
      <FilterBar>
        <UrlSegmented
          param="view"
          label="When"
          defaultValue="upcoming"
          options={[
            { value: "upcoming", label: "Upcoming" },
            { value: "past", label: "Past" },
            { value: "canceled", label: "Canceled" },
          ]}
        />
        <UrlMultiSelect
          param="owner"
          label="Owner"
          options={owners.map(({ id, name, email }) => ({ value: id, label: name || email, hint: email }))}
          searchPlaceholder="Find a person"
        />
        <ClearFilters params={meetingFilterParams} />
      </FilterBar>
      <MeetingRows />
    </>
  );
}

function MeetingRows() {
  const [filter] = useQueryStates(meetingFilterParsers);
  const query = useInfiniteQuery(meetingQueries.list(filter));
  if (query.isPending) return <SkeletonRows columns={4} />;
  if (query.isError && !query.data) {
    return <ErrorState onRetry={() => void query.refetch()} retrying={query.isFetching} />;
  }
  const meetings = query.data.pages.flatMap((page) => page.items);
  if (meetings.length === 0) {
    return filter.view === "upcoming" && filter.owner.length === 0 ? <NoMeetings /> : <NothingFound />;
  }
  return (
    <MeetingTable
      meetings={meetings}
      footer={
        <LoadMore
          shownCount={meetings.length}
          noun={meetings.length === 1 ? "meeting" : "meetings"}
          first={filter.view === "upcoming" ? "next" : "latest"}
          hasMore={query.hasNextPage}
          loading={query.isFetchingNextPage}
          onLoadMore={() => void query.fetchNextPage()}
        />
      }
    />
  );
}

function NoMeetings() {
  return (
    <EmptyState
      icon={CalendarDays}
      title="No meeting ahead"
      takesOver
      action={
        <LinkButton href="/scheduler/book" variant="primary">
          <CalendarPlus aria-hidden />
          Book a meeting
        </LinkButton>
      }
    >
      Choose a free time in somebody&apos;s calendar. Booking, moving and canceling are published as events of
      scheduling.smartscheduler.
    </EmptyState>
  );
}

function NothingFound() {
  return (
    <NoMatchState title="No such meeting" action={<ClearFilters params={meetingFilterParams} />}>
      Meetings are listed as upcoming, past or canceled, and by whose calendar they are in.
    </NoMatchState>
  );
}
