"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { endpointQueries } from "@/lib/queries/endpoints";
import type { EndpointPage } from "@/lib/schemas/endpoint-page";

/** The endpoint of the page, live. The layout has put it into the cache; the last known state outlives an outage. */
export function useEndpoint(id: string): EndpointPage {
  return useSuspenseQuery(endpointQueries.page(id)).data;
}
