import "server-only";
import type { ActivityHour } from "@/lib/schemas/endpoint-page";
import { listActivity } from "@/lib/server/db/endpoint-activity";
import type { Deps } from "@/lib/server/deps";

const hourMs = 3_600_000;
const hoursShown = 24;

/**
 * What endpoints did in each of the last 24 hours, the one under way included, oldest first, by the endpoint's UUID.
 * `organizationId` null: of whichever organization, for operators; the caller has checked.
 */
export async function lastDayOf(
  deps: Pick<Deps, "sql" | "clock">,
  organizationId: string | null,
  endpointIds: readonly string[],
): Promise<(endpointId: string) => ActivityHour[]> {
  const firstHourMs = Math.floor(deps.clock().getTime() / hourMs - (hoursShown - 1)) * hourMs;
  const rows = await listActivity(deps.sql, organizationId, endpointIds, new Date(firstHourMs));
  const byHour = new Map(rows.map((row) => [`${row.endpointId} ${row.hour.getTime()}`, row]));
  return (endpointId) =>
    Array.from({ length: hoursShown }, (_, index) => {
      const row = byHour.get(`${endpointId} ${firstHourMs + index * hourMs}`);
      return { ok: row?.ok ?? 0, failed: row?.failed ?? 0 };
    });
}
