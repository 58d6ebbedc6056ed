import "server-only";
import { insertOwnEventType } from "@/lib/server/db/event-types";
import type { Deps } from "@/lib/server/deps";

/** Registers `shop.order.paid`, an own type whose numbers may be of any size, in place of all own types there are. */
export async function registerOrder(
  deps: Deps,
  organizationId: string,
  { updatedAt = deps.clock(), total = { type: "number" } }: { updatedAt?: Date; total?: object } = {},
): Promise<void> {
  await deps.sql("DELETE FROM event_type WHERE organization_id = $1::uuid", [organizationId]);
  await insertOwnEventType(deps.sql, organizationId, {
    name: "shop.order.paid",
    description: "",
    schema: { type: "object", properties: { total }, required: ["total"] },
    example: { total: 1 },
    createdAt: deps.clock(),
    updatedAt,
    deprecatedAt: null,
  });
}

/** The text of a request that publishes an order; `total` as it is written. */
export const order = (total: string, more = "") =>
  `{"eventType":"shop.order.paid","data":{"total":${total}${more}}}`;

export async function storedCounts(deps: Deps): Promise<{ events: number; deliveries: number } | undefined> {
  const [row] = await deps.sql<{ events: number; deliveries: number }>(
    "SELECT (SELECT count(*)::integer FROM event) AS events, (SELECT count(*)::integer FROM delivery) AS deliveries",
  );
  return row;
}
