import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { Send } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { EventDetail } from "@/components/events/event-detail";
import { CopyButton } from "@/components/ui/copy-button";
import { DottedName } from "@/components/ui/dotted-name";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { curlCommand } from "@/lib/domain/curl";
import { mayBePublished } from "@/lib/domain/catalog/built-in-event-types";
import { getQueryClient } from "@/lib/queries/client";
import { eventQueries } from "@/lib/queries/events";
import { EventParams, type EventDetailOut } from "@/lib/schemas/event";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { getEventDetail } from "@/lib/server/use-cases/get-event-detail";
import { foundOr404 } from "../../found-or-404";
import { retryDeliveryAction } from "../../logs/actions";

type EventPageProps = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: EventPageProps): Promise<Metadata> {
  const { eventType } = await readEvent((await params).id);
  return { title: `Event, ${eventType}` };
}

export default async function EventPage({ params }: EventPageProps) {
  const event = await readEvent((await params).id);
  const client = getQueryClient();
  client.setQueryData(eventQueries.detail(event.id).queryKey, event);
  return (
    <>
      <PageHeader
        title={
          <span className="font-mono text-lg">
            <DottedName name={event.eventType} />
          </span>
        }
        breadcrumbs={[{ label: "Events", href: "/events" }]}
        actions={mayBePublished(event.eventType) && <PublishAgain event={event} />}
      />
      <HydrationBoundary state={dehydrate(client)}>
        <EventDetail id={event.id} retryDelivery={retryDeliveryAction} />
      </HydrationBoundary>
    </>
  );
}

const readEvent = cache(async (id: string): Promise<EventDetailOut> => {
  const user = await requireUser();
  const parsed = EventParams.safeParse({ id });
  if (!parsed.success) notFound();
  return foundOr404(getEventDetail(getDeps(), user, parsed.data.id));
});

/** A new event with the same data; the one that was published never changes. */
function PublishAgain({ event }: { event: EventDetailOut }) {
  const command = curlCommand({
    method: "POST",
    url: `${getDeps().env.url}/api/v1/events`,
    headers: { authorization: "Bearer YOUR_API_KEY", "content-type": "application/json" },
    body: `{"eventType":${JSON.stringify(event.eventType)},"data":${event.dataText}}`,
  });
  return (
    <>
      <CopyButton text={command} label="Copy as cURL" iconOnly={false} variant="secondary" size="md" />
      <LinkButton href={`/events/publish?from=${event.id}`}>
        <Send aria-hidden />
        Publish again
      </LinkButton>
    </>
  );
}
