import "server-only";
import type { EndpointOut } from "@/lib/schemas/endpoint";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { updateEndpoint } from "./update-endpoint";

/** Switches an endpoint off; what waits for it is discarded and can be replayed later. */
export async function disableEndpoint(deps: Deps, principal: Principal, id: string): Promise<EndpointOut> {
  return updateEndpoint(deps, principal, id, { state: "disabled" });
}
