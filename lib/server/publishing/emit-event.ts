import "server-only";
import type { Sql } from "@/lib/server/db/sql";
import { fanOut, type FannedOut } from "@/lib/server/delivery/fan-out";
import type { Engine } from "@/lib/server/delivery/engine";
import { acceptEvents } from "./accept-events";

/**
 * Publishes an event about a change that was made here, in the change's own transaction: both are stored or neither.
 * The caller calls `deps.wake()` after the commit and counts the event (`deps.tally.accepted`). Throws 422 when `data`
 * does not satisfy the type's schema.
 */
export async function emitEvent(
  engine: Pick<Engine, "clock" | "newId">,
  sql: Sql,
  organizationId: string,
  eventType: string,
  data: Record<string, unknown>,
): Promise<FannedOut> {
  const request = { eventType, data, dataText: JSON.stringify(data), pathPrefix: "" };
  const accepted = await acceptEvents(sql, organizationId, [request], engine.clock());
  const [stored] = await fanOut(engine, sql, organizationId, accepted);
  return stored!;
}
