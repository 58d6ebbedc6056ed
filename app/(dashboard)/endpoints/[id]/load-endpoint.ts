import "server-only";
import { cache } from "react";
import { notFound } from "next/navigation";
import { decodeId } from "@/lib/domain/ids";
import type { EndpointPage } from "@/lib/schemas/endpoint-page";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { getEndpointPage } from "@/lib/server/use-cases/get-endpoint-page";
import { foundOr404 } from "../../found-or-404";

/** The endpoint that a page's address names, or the not-found page. Read once per request, by layout and page. */
export const loadEndpoint = cache(async (publicId: string): Promise<EndpointPage> => {
  const user = await requireUser();
  const id = decodeId("ep", publicId);
  if (id === null) notFound();
  return foundOr404(getEndpointPage(getDeps(), user, id));
});
