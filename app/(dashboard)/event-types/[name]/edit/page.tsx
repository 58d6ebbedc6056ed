import type { Metadata } from "next";
import { forbidden, notFound } from "next/navigation";
import { EventTypeForm } from "@/components/event-types/event-type-form";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "@/lib/server/auth/session";
import { isAdmin } from "@/lib/server/principal";
import { checkEventTypeEditAction, updateEventTypeAction } from "../../actions";
import { readEventType } from "../read-event-type";

export const metadata: Metadata = { title: "Edit event type" };

export default async function EditEventTypePage({ params }: { params: Promise<{ name: string }> }) {
  const user = await requireUser();
  if (!isAdmin(user)) forbidden();
  const type = await readEventType(user, await params);
  if (type.builtIn) notFound();
  const { name, description, schema, example } = type;
  const initial = {
    name,
    description,
    schema: JSON.stringify(schema, null, 2),
    example: JSON.stringify(example, null, 2),
  };
  return (
    <>
      <PageHeader
        title="Edit event type"
        breadcrumbs={[
          { label: "Event types", href: "/event-types" },
          { label: name, href: `/event-types/${name}` },
        ]}
        description="What was published before is kept as it is; the next event is checked against the new schema."
      />
      <EventTypeForm
        isNew={false}
        initial={initial}
        save={updateEventTypeAction}
        check={checkEventTypeEditAction}
      />
    </>
  );
}
