import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { EventTypeForm } from "@/components/event-types/event-type-form";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "@/lib/server/auth/session";
import { isAdmin } from "@/lib/server/principal";
import { checkNewEventTypeAction, createEventTypeAction } from "../actions";

export const metadata: Metadata = { title: "New event type" };

/** Something to change rather than an empty page: the schema and the example go together. */
const initial = {
  name: "",
  description: "",
  schema: JSON.stringify(
    {
      type: "object",
      properties: {
        invoiceId: { type: "string", description: "The invoice that was paid." },
        total: { type: "number", minimum: 0, description: "What was paid." },
        paidAt: { type: "string", format: "date-time", description: "When it was paid." },
      },
      required: ["invoiceId", "total", "paidAt"],
    },
    null,
    2,
  ),
  example: JSON.stringify({ invoiceId: "inv_20418", total: 249.5, paidAt: "2026-03-12T15:00:00Z" }, null, 2),
};

export default async function NewEventTypePage() {
  if (!isAdmin(await requireUser())) forbidden();
  return (
    <>
      <PageHeader
        title="New event type"
        breadcrumbs={[{ label: "Event types", href: "/event-types" }]}
        description="Once it is registered, your product can publish events of it and endpoints can subscribe to it."
      />
      <EventTypeForm isNew initial={initial} save={createEventTypeAction} check={checkNewEventTypeAction} />
    </>
  );
}
