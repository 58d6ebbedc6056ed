import "server-only";
import { findBuiltIn } from "@/lib/domain/catalog/built-in-event-types";
import type { EventTypeOut } from "@/lib/schemas/event-type";
import { notFound } from "@/lib/server/app-error";
import { findOwnEventType } from "@/lib/server/db/event-types";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { builtInEventTypeOut, ownEventTypeOut } from "./list-event-types";

/** A built-in type or one of the organization's own. Throws 404 when it is neither. */
export async function getEventType(
  deps: Deps,
  { organizationId }: Principal,
  name: string,
): Promise<EventTypeOut> {
  const builtIn = findBuiltIn(name);
  if (builtIn) return builtInEventTypeOut(builtIn);
  const own = await findOwnEventType(deps.sql, organizationId, name);
  if (!own) throw notFound("event type");
  return ownEventTypeOut(own);
}
