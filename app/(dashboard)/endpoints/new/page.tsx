import type { Metadata } from "next";
import { EndpointForm } from "@/components/endpoints/endpoint-form";
import { newEndpointValues } from "@/components/endpoints/form-values";
import { UseInboxButton } from "@/components/inbox/use-inbox-button";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { instanceDefaults } from "@/lib/server/use-cases/get-endpoint-page";
import { listAllEventTypes } from "@/lib/server/use-cases/list-event-types";
import { makeInboxInsteadAction } from "../../inbox/actions";
import { createEndpointAction } from "../actions";

export const metadata: Metadata = { title: "Create endpoint" };

type NewEndpointPageProps = {
  /** `url`: of what is to receive, where a page has led here that knows it. */
  searchParams: Promise<{ url?: string | string[] }>;
};

export default async function NewEndpointPage({ searchParams }: NewEndpointPageProps) {
  const user = await requireUser();
  const { url } = await searchParams;
  const deps = getDeps();
  const eventTypes = await listAllEventTypes(deps, user);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "Endpoints", href: "/endpoints" }]}
        title="Create endpoint"
        description="It starts disabled. Activate it when your receiver is ready; a signed test proves that it is."
      />
      <EndpointForm
        action={createEndpointAction}
        values={{ ...newEndpointValues, url: typeof url === "string" ? url : "" }}
        eventTypes={eventTypes.map(({ name, group, description, deprecated }) => ({
          name,
          group,
          description,
          deprecated,
        }))}
        defaults={instanceDefaults(deps)}
        submitLabel="Create endpoint"
        urlAside={
          <>
            No server yet? <UseInboxButton action={makeInboxInsteadAction} /> that shows what arrives.
          </>
        }
      />
    </>
  );
}
