import type { Metadata } from "next";
import { DeleteEndpoint } from "@/components/endpoints/delete-endpoint";
import { EndpointForm } from "@/components/endpoints/endpoint-form";
import { endpointFormValues } from "@/components/endpoints/form-values";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { instanceDefaults } from "@/lib/server/use-cases/get-endpoint-page";
import { listAllEventTypes } from "@/lib/server/use-cases/list-event-types";
import { deleteEndpointAction, saveEndpointAction } from "../../actions";
import { loadEndpoint } from "../load-endpoint";

export const metadata: Metadata = { title: "Settings" };

export default async function EndpointSettingsPage({ params }: { params: Promise<{ id: string }> }) {
  const user = await requireUser();
  const page = await loadEndpoint((await params).id);
  const deps = getDeps();
  const eventTypes = await listAllEventTypes(deps, user);
  return (
    <div className="grid gap-8">
      <EndpointForm
        action={saveEndpointAction}
        id={page.endpoint.id}
        values={endpointFormValues(page)}
        eventTypes={eventTypes.map(({ name, group, description, deprecated }) => ({
          name,
          group,
          description,
          deprecated,
        }))}
        defaults={instanceDefaults(deps)}
        submitLabel="Save changes"
      />
      <DeleteEndpoint id={page.endpoint.id} url={page.endpoint.url} remove={deleteEndpointAction} />
    </div>
  );
}
