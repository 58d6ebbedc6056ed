import "server-only";
import { cache } from "react";
import { forbidden, notFound } from "next/navigation";
import { decodeId } from "@/lib/domain/ids";
import type { ServiceAccountOut } from "@/lib/schemas/service-account";
import { AppError } from "@/lib/server/app-error";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { isAdmin } from "@/lib/server/principal";
import { getServiceAccount } from "@/lib/server/use-cases/get-service-account";

/** The service account that a page's address names, for an admin, or the not-found page. Read once per request. */
export const loadServiceAccount = cache(async (publicId: string): Promise<ServiceAccountOut> => {
  const user = await requireUser();
  if (!isAdmin(user)) forbidden();
  const id = decodeId("sva", publicId);
  if (id === null) notFound();
  try {
    return await getServiceAccount(getDeps(), user, id);
  } catch (error) {
    if (error instanceof AppError && error.status === 404) notFound();
    throw error;
  }
});
