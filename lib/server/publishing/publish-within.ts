import "server-only";
import { builtInDataProblems } from "@/lib/domain/catalog/check-data";
import type { Sql } from "@/lib/server/db/sql";
import type { Engine } from "@/lib/server/delivery/engine";
import { fanOut, type FannedOut } from "@/lib/server/delivery/fan-out";

/**
 * Publishes a built-in event inside the caller's transaction, so that a change and the event about it are stored
 * together. The caller calls `deps.wake()` after its commit. Throws when the data does not satisfy the type's schema:
 * that is a bug of the caller, not anybody's input.
 */
export async function publishWithin(
  deps: Pick<Engine, "clock" | "newId">,
  sql: Sql,
  organizationId: string,
  event: { eventType: string; data: unknown },
): Promise<FannedOut> {
  const dataText = JSON.stringify(event.data);
  const data: unknown = JSON.parse(dataText);
  const problems = builtInDataProblems(event.eventType, data);
  if (problems.length > 0) {
    const places = problems.map(({ path, message }) => `${path} ${message}`).join("; ");
    throw new Error(`Posthorn's own ${event.eventType} does not satisfy its schema: ${places}`);
  }
  const [published] = await fanOut(deps, sql, organizationId, [
    { eventType: event.eventType, eventTimestamp: deps.clock(), data, dataText },
  ]);
  return published!;
}
