import "server-only";
import type { EndpointOut } from "@/lib/schemas/endpoint";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { updateEndpoint } from "./update-endpoint";

/** Starts the validation of a disabled endpoint, the first time or again; of another one nothing changes. */
export async function activateEndpoint(deps: Deps, principal: Principal, id: string): Promise<EndpointOut> {
  return updateEndpoint(deps, principal, id, { state: "active" });
}
