import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { CalendarPlus } from "lucide-react";
import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { meetingFilterParsers } from "@/components/scheduler/meeting-filters";
import { MeetingList } from "@/components/scheduler/meeting-list";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { getQueryClient } from "@/lib/queries/client";
import { meetingQueries } from "@/lib/queries/meetings";
import { MeetingListQuery } from "@/lib/schemas/meeting";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { listMeetings } from "@/lib/server/use-cases/list-meetings";
import { listCalendarOwners } from "@/lib/server/use-cases/meeting-calendar";

export const metadata: Metadata = { title: "Scheduler" };

const loadFilter = createLoader(meetingFilterParsers);

export default async function SchedulerPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const user = await requireUser();
  const deps = getDeps();
  const filter = await loadFilter(searchParams);
  const query = MeetingListQuery.safeParse(filter);
  const client = getQueryClient();
  const [owners] = await Promise.all([
    listCalendarOwners(deps, user),
    // A filter that nobody could have chosen is refused by the list's own request, with its reason.
    query.success &&
      client.prefetchInfiniteQuery({
        ...meetingQueries.list(filter),
        queryFn: () => listMeetings(deps, user, query.data),
      }),
  ]);
  return (
    <>
      <PageHeader
        title="Scheduler"
        description="Meetings in the calendars of your organization. Booking, moving and canceling one is published as an event."
        actions={
          <>
            <LinkButton href="/scheduler/preferences">My calendar</LinkButton>
            <LinkButton href="/scheduler/book" variant="primary">
              <CalendarPlus aria-hidden />
              Book a meeting
            </LinkButton>
          </>
        }
      />
      <HydrationBoundary state={dehydrate(client)}>
        <MeetingList owners={owners} />
      </HydrationBoundary>
    </>
  );
}
