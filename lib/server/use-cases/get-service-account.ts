import "server-only";
import { encodeId } from "@/lib/domain/ids";
import type { ServiceAccountOut } from "@/lib/schemas/service-account";
import { notFound } from "@/lib/server/app-error";
import {
  findServiceAccount,
  listServiceAccounts,
  type ServiceAccountRow,
} from "@/lib/server/db/service-accounts";
import type { Deps } from "@/lib/server/deps";
import { requireAdmin, type Principal } from "@/lib/server/principal";

/** The organization's service accounts, oldest first. Throws 403 for who is no admin. */
export async function listOwnServiceAccounts(deps: Deps, principal: Principal): Promise<ServiceAccountOut[]> {
  requireAdmin(principal);
  return (await listServiceAccounts(deps.sql, principal.organizationId)).map(toOut);
}

/** Throws 403 and 404. `id` is a UUID. */
export async function getServiceAccount(
  deps: Deps,
  principal: Principal,
  id: string,
): Promise<ServiceAccountOut> {
  requireAdmin(principal);
  const row = await findServiceAccount(deps.sql, principal.organizationId, id);
  if (!row) throw notFound("service account");
  return toOut(row);
}

function toOut({ id, createdAt, updatedAt, ...account }: ServiceAccountRow): ServiceAccountOut {
  return {
    ...{ id: encodeId("sva", id), ...account },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
