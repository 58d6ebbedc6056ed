import "server-only";
import { cache } from "react";
import { forbidden, notFound } from "next/navigation";
import { decodeId } from "@/lib/domain/ids";
import type { ServiceAccountOut } from "@/lib/schemas/service-account";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { isAdmin } from "@/lib/server/principal";
import { getServiceAccount } from "@/lib/server/use-cases/get-service-account";
import { foundOr404 } from "../../../found-or-404";

/** The service account that a page's address names, for an admin, or the not-found page. Read once per request. */
export const loadServiceAccount = cache(async (publicId: string): Promise<ServiceAccountOut> => {
  const user = await requireUser();
  if (!isAdmin(user)) forbidden();
  const id = decodeId("sva", publicId);
  if (id === null) notFound();
  return foundOr404(getServiceAccount(getDeps(), user, id));
});
