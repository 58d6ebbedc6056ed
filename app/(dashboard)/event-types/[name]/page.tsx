import { Send } from "lucide-react";
import type { Metadata } from "next";
import { EventTypeBadges } from "@/components/event-types/event-type-badges";
import { EventTypeMenu } from "@/components/event-types/event-type-menu";
import { EventTypeSubscribers } from "@/components/event-types/event-type-subscribers";
import { ReceiverCode } from "@/components/event-types/receiver-code-tabs";
import { SchemaTable } from "@/components/event-types/schema-table";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { PanelTabs } from "@/components/ui/panel-tabs";
import { TextLink } from "@/components/ui/text-link";
import { findBuiltIn, mayBePublished } from "@/lib/domain/catalog/built-in-event-types";
import type { EventTypeOut } from "@/lib/schemas/event-type";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { isAdmin } from "@/lib/server/principal";
import { listEventTypeSubscribers } from "@/lib/server/use-cases/list-event-type-subscribers";
import { deleteEventTypeAction, deprecateEventTypeAction } from "../actions";
import { readEventType } from "./read-event-type";

type EventTypePageProps = { params: Promise<{ name: string }> };

export async function generateMetadata({ params }: EventTypePageProps): Promise<Metadata> {
  return { title: (await params).name };
}

export default async function EventTypePage({ params }: EventTypePageProps) {
  const user = await requireUser();
  const type = await readEventType(user, await params);
  const subscribers = await listEventTypeSubscribers(getDeps(), user, type.name);
  return (
    <>
      <PageHeader
        title={<span className="font-mono text-lg">{type.name}</span>}
        badge={<EventTypeBadges {...type} />}
        breadcrumbs={[{ label: "Event types", href: "/event-types" }]}
        description={type.description}
        actions={<PageActions type={type} mayEdit={isAdmin(user) && !type.builtIn} />}
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 gap-5">
          <DataCard type={type} />
          <Card title="Receive it" description="Checks the signature, then handles this type.">
            <ReceiverCode eventType={type.name} firstField={firstTextField(type)} />
          </Card>
        </div>
        <div className="grid gap-5">
          <Card title="When it is sent">
            <p className="text-sm text-muted">{whenSent(type)}</p>
            {type.builtIn && type.group === "scheduling" && (
              <p className="mt-2 text-sm">
                <TextLink href="/scheduler">Book, move and cancel in the Scheduler</TextLink>
              </p>
            )}
          </Card>
          <EventTypeSubscribers subscribers={subscribers} name={type.name} />
        </div>
      </div>
    </>
  );
}

function PageActions({ type, mayEdit }: { type: EventTypeOut; mayEdit: boolean }) {
  return (
    <>
      {mayEdit && (
        <EventTypeMenu
          name={type.name}
          deprecated={type.deprecated}
          deprecate={deprecateEventTypeAction}
          remove={deleteEventTypeAction}
        />
      )}
      {mayBePublished(type.name) && (
        <LinkButton href={`/events/publish?type=${type.name}`} variant="primary">
          <Send aria-hidden />
          Publish one
        </LinkButton>
      )}
    </>
  );
}

function DataCard({ type }: { type: EventTypeOut }) {
  return (
    <Card
      title="Data"
      description={
        <>
          What stands under <code className="font-mono text-xs">data</code> in every request about an event of
          this type.
        </>
      }
    >
      <PanelTabs
        label="Data"
        tabs={[
          {
            value: "properties",
            label: "Properties",
            content: (
              <div className="-mx-4 -mt-3 -mb-4">
                <SchemaTable schema={type.schema} />
              </div>
            ),
          },
          {
            value: "example",
            label: "Example",
            content: (
              <CodeBlock label="the example" language="json" code={JSON.stringify(type.example, null, 2)} />
            ),
          },
          {
            value: "schema",
            label: "JSON Schema",
            content: (
              <CodeBlock
                label="the JSON Schema"
                language="json"
                code={JSON.stringify(type.schema, null, 2)}
              />
            ),
          },
        ]}
      />
    </Card>
  );
}

function whenSent({ name, builtIn, deprecated }: EventTypeOut): string {
  const definition = builtIn ? findBuiltIn(name) : null;
  if (definition) return definition.whenSent;
  const publishes = "When your product publishes it with POST /api/v1/events, or someone does by hand.";
  return deprecated ? `${publishes} It is deprecated: do not build on it.` : publishes;
}

/** A property for the sample to print: the first that is a text in the example. */
function firstTextField({ example }: EventTypeOut): string | null {
  return Object.entries(example).find(([, value]) => typeof value === "string")?.[0] ?? null;
}
