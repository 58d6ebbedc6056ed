import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { EndpointHeader } from "@/components/endpoints/endpoint-header";
import { getQueryClient } from "@/lib/queries/client";
import { endpointQueries } from "@/lib/queries/endpoints";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { listAllEventTypes } from "@/lib/server/use-cases/list-event-types";
import { setEndpointStateAction, testEndpointAction } from "../actions";
import { findEndpoint, loadEndpoint } from "./load-endpoint";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const page = await findEndpoint((await params).id);
  // In place of the tab's own title as well.
  if (!page) return { title: { default: "Not found", template: "Not found · Posthorn" } };
  const { endpoint } = page;
  const name = endpoint.description || new URL(endpoint.url).host;
  return { title: { default: name, template: `%s · ${name} · Posthorn` } };
}

export default async function EndpointLayout({ params, children }: Props & { children: ReactNode }) {
  const user = await requireUser();
  const page = await loadEndpoint((await params).id);
  const eventTypes = await listAllEventTypes(getDeps(), user);
  const queries = getQueryClient();
  queries.setQueryData(endpointQueries.page(page.endpoint.id).queryKey, page);
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <EndpointHeader
        id={page.endpoint.id}
        eventTypes={eventTypes.map(({ name, example }) => ({ name, example }))}
        setState={setEndpointStateAction}
        sendTest={testEndpointAction}
      />
      {children}
    </HydrationBoundary>
  );
}
