import type { Metadata } from "next";
import { createLoader, parseAsString, type SearchParams } from "nuqs/server";
import { eventTypeGroupTitle } from "@/components/event-types/event-type-options";
import type { PublishableType } from "@/components/events/publish-actions";
import { PublishForm } from "@/components/events/publish-form";
import { PageHeader } from "@/components/ui/page-header";
import { mayBePublished } from "@/lib/domain/catalog/built-in-event-types";
import { EventParams } from "@/lib/schemas/event";
import type { EventTypeOut } from "@/lib/schemas/event-type";
import { AppError } from "@/lib/server/app-error";
import { requireUser, type SignedIn } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { getEvent } from "@/lib/server/use-cases/get-event";
import { listAllEventTypes } from "@/lib/server/use-cases/list-event-types";
import { checkEventDraftAction, publishEventDraftAction } from "./actions";

export const metadata: Metadata = { title: "Publish an event" };

const loadStart = createLoader({ type: parseAsString, from: parseAsString });

export default async function PublishPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const user = await requireUser();
  const types = (await listAllEventTypes(getDeps(), user)).filter(({ name }) => mayBePublished(name));
  const publishable = types.map(toPublishable);
  const start = await loadStart(searchParams);
  const chosen = publishable.find(({ name }) => name === start.type) ?? publishable[0]!;
  const again = start.from === null ? null : await readEvent(user, start.from);
  return (
    <>
      <PageHeader
        title="Publish an event"
        breadcrumbs={[{ label: "Events", href: "/events" }]}
        description="By hand, as your product does it with POST /api/v1/events: checked, stored, and sent to every endpoint that subscribes."
      />
      <PublishForm
        types={publishable}
        options={groupedOptions(types)}
        initial={again ?? { eventType: chosen.name, dataText: chosen.exampleText }}
        actions={{ check: checkEventDraftAction, publish: publishEventDraftAction }}
      />
    </>
  );
}

function toPublishable({ name, description, example, deprecated }: EventTypeOut): PublishableType {
  return { name, description, deprecated, exampleText: JSON.stringify(example, null, 2) };
}

function groupedOptions(types: readonly EventTypeOut[]) {
  const groups = Map.groupBy(types, ({ name }) => eventTypeGroupTitle(name));
  return [...groups].map(([label, members]) => ({
    label,
    options: members.map(({ name }) => ({ value: name, label: name })),
  }));
}

/** The event to publish again; none when the address names another's or one that is no longer kept. */
async function readEvent(user: SignedIn, from: string) {
  const parsed = EventParams.safeParse({ id: from });
  if (!parsed.success) return null;
  try {
    const { eventType, dataText } = await getEvent(getDeps(), user, parsed.data.id);
    return mayBePublished(eventType) ? { eventType, dataText } : null;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
