import "server-only";
import { builtInDataProblems } from "@/lib/domain/catalog/check-data";
import type { Sql } from "@/lib/server/db/sql";
import type { Engine } from "@/lib/server/delivery/engine";
import { fanOut, type FannedOut } from "@/lib/server/delivery/fan-out";

/**
 * Publishes a built-in event about a change that was made here, in the change's own transaction: both are stored or
 * neither. The caller calls `deps.wake()` after the commit and counts the event (`deps.tally.accepted`). Throws when
 * `data` does not satisfy the type's schema: that is a bug of the caller, not anybody's input.
 */
export async function emitEvent(
  engine: Pick<Engine, "clock" | "newId">,
  sql: Sql,
  organizationId: string,
  eventType: string,
  data: Record<string, unknown>,
): Promise<FannedOut> {
  const dataText = JSON.stringify(data);
  const sent: unknown = JSON.parse(dataText);
  const problems = builtInDataProblems(eventType, sent);
  if (problems.length > 0) {
    const places = problems.map(({ path, message }) => `${path} ${message}`).join("; ");
    throw new Error(`Posthorn's own ${eventType} does not satisfy its schema: ${places}`);
  }
  const event = { eventType, eventTimestamp: engine.clock(), data: sent, dataText };
  const [stored] = await fanOut(engine, sql, organizationId, [event]);
  return stored!;
}
