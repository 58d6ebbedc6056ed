import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { Send } from "lucide-react";
import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { eventTypeOptions } from "@/components/event-types/event-type-options";
import { eventFilterParsers } from "@/components/events/event-filter";
import { EventList } from "@/components/events/event-list";
import { resolveTimeRange } from "@/components/ui/filter-bar/time-range";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { spellDuration } from "@/lib/format/duration";
import { getQueryClient } from "@/lib/queries/client";
import { eventQueries } from "@/lib/queries/events";
import { EventSearch } from "@/lib/schemas/event";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { listEventSummaries } from "@/lib/server/use-cases/list-event-summaries";
import { listEventTypeNames } from "@/lib/server/use-cases/list-event-types";

export const metadata: Metadata = { title: "Events" };

const loadFilter = createLoader(eventFilterParsers);

export default async function EventsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const user = await requireUser();
  const deps = getDeps();
  const { eventType, ...rest } = await loadFilter(searchParams);
  const filter = { ...rest, eventTypes: eventType };
  const momentsNow = () => resolveTimeRange(filter, deps.clock());
  const client = getQueryClient();
  await client.prefetchInfiniteQuery({
    ...eventQueries.list(filter, momentsNow),
    queryFn: () =>
      listEventSummaries(deps, user, { ...EventSearch.parse({}), ...search(filter, momentsNow()) }),
  });
  const names = await listEventTypeNames(deps, user);
  return (
    <>
      <PageHeader
        title="Events"
        description={`What your product published in the last ${spellDuration(deps.settings.retentionMs)}, and where each event went.`}
        actions={
          <LinkButton href="/events/publish" variant="primary">
            <Send aria-hidden />
            Publish an event
          </LinkButton>
        }
      />
      <HydrationBoundary state={dehydrate(client)}>
        <EventList eventTypes={eventTypeOptions(names)} />
      </HydrationBoundary>
    </>
  );
}

function search(
  { eventTypes, id }: { eventTypes: string[]; id: string },
  { since, until }: { since: Date; until: Date | null },
) {
  return { eventTypes, since, until: until ?? undefined, ...(id === "" ? {} : { id }) };
}
