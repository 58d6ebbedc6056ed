import "server-only";
import type { AttemptOut } from "@/lib/schemas/attempt";
import { notFound } from "@/lib/server/app-error";
import { findAttemptRow } from "@/lib/server/db/attempts";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { toAttemptOut } from "./attempt-out";
import { oldestKeptId } from "./event-range";

/** One attempt, whole. `id` is its UUID. Throws 404 when it is another's, unknown or past the retention. */
export async function getAttempt(deps: Deps, { organizationId }: Principal, id: string): Promise<AttemptOut> {
  const row = await findAttemptRow(deps.sql, organizationId, id, oldestKeptId(deps));
  if (!row) throw notFound("attempt");
  return toAttemptOut(organizationId, row);
}
