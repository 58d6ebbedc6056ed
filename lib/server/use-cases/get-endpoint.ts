import "server-only";
import type { EndpointOut } from "@/lib/schemas/endpoint";
import { notFound } from "@/lib/server/app-error";
import { findEndpoint, type EndpointRow } from "@/lib/server/db/endpoints";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { toEndpointOut } from "./endpoint-out";

/** Throws 404. */
export async function getEndpoint(deps: Deps, principal: Principal, id: string): Promise<EndpointOut> {
  return toEndpointOut(await requireEndpoint(deps, principal, id), deps.settings);
}

/** The row of an endpoint of the principal's organization. Throws 404 for any other. */
export async function requireEndpoint(deps: Deps, principal: Principal, id: string): Promise<EndpointRow> {
  const row = await findEndpoint(deps.prisma, principal.organizationId, id);
  if (!row) throw notFound("endpoint");
  return row;
}
