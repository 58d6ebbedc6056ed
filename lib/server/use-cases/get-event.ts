import "server-only";
import type { EventWithDataText } from "@/lib/schemas/event";
import { notFound } from "@/lib/server/app-error";
import { findEventRow, listDeliveriesOfEvents } from "@/lib/server/db/event-log";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { oldestKeptId } from "./event-range";
import { toEvent } from "./list-events";

/** One event and where it went. `id` is its UUID. Throws 404 when it is another's, unknown or past the retention. */
export async function getEvent(
  deps: Deps,
  { organizationId }: Principal,
  id: string,
): Promise<EventWithDataText> {
  const oldestId = oldestKeptId(deps);
  const row = await findEventRow(deps.sql, organizationId, id, oldestId);
  if (!row) throw notFound("event");
  return toEvent(row, await listDeliveriesOfEvents(deps.sql, organizationId, [id], oldestId));
}
