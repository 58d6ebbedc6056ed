import "server-only";
import { cache } from "react";
import { notFound } from "next/navigation";
import { decodeId } from "@/lib/domain/ids";
import type { EndpointPage } from "@/lib/schemas/endpoint-page";
import { AppError } from "@/lib/server/app-error";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { getEndpointPage } from "@/lib/server/use-cases/get-endpoint-page";

/** The endpoint that a page's address names. Read once per request, by layout and page. */
export const findEndpoint = cache(async (publicId: string): Promise<EndpointPage | null> => {
  const user = await requireUser();
  const id = decodeId("ep", publicId);
  if (id === null) return null;
  try {
    return await getEndpointPage(getDeps(), user, id);
  } catch (error) {
    if (error instanceof AppError && error.status === 404) return null;
    throw error;
  }
});

/** The same, or the not-found page. */
export async function loadEndpoint(publicId: string): Promise<EndpointPage> {
  return (await findEndpoint(publicId)) ?? notFound();
}
