import "server-only";
import type { Sql } from "./sql";

export interface TypeCount {
  eventType: string;
  count: number;
}

/** How many events of each type were published, among those with an id from `sinceId` on; tests left out. */
export async function countEventsByType(
  sql: Sql,
  organizationId: string,
  sinceId: string,
): Promise<TypeCount[]> {
  return sql<TypeCount>(
    `SELECT event_type AS "eventType", count(*)::float8 AS count FROM event
     WHERE organization_id = $1::uuid AND id >= $2::uuid AND event_type NOT LIKE 'developer.%'
     GROUP BY event_type ORDER BY count DESC, event_type`,
    [organizationId, sinceId],
  );
}

/** Larger ones are left out of a sample, so that looking at it costs little. */
const sampledBytesMax = 64 * 1024;

/** The data of the newest events of these types. */
export async function sampleEventData(
  sql: Sql,
  organizationId: string,
  { eventTypes, sinceId, limit }: { eventTypes: readonly string[]; sinceId: string; limit: number },
): Promise<string[]> {
  const rows = await sql<{ data: string }>(
    `SELECT data FROM event
     WHERE organization_id = $1::uuid AND id >= $2::uuid AND event_type = ANY ($3::text[])
       AND octet_length(data) <= ${sampledBytesMax}
     ORDER BY id DESC LIMIT $4::integer`,
    [organizationId, sinceId, eventTypes, limit],
  );
  return rows.map(({ data }) => data);
}
