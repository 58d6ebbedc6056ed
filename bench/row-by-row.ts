import { DeliveryAttempt } from "@/lib/server/delivery/delivery-attempt";
import { EndpointBook } from "@/lib/server/delivery/endpoint-target";
import { recordFinished } from "@/lib/server/delivery/record";
import { claimDelivery } from "@/lib/server/db/claim-deliveries";
import { unleased } from "@/lib/server/db/leases";
import { sqlTransaction } from "@/lib/server/db/sql";
import { measure, type Figure } from "./measure";
import type { World } from "./world";

/** The simplest claim there is: the oldest one that nobody holds. */
const oldestStatement = `
  SELECT id FROM delivery WHERE state = 'pending' AND lane = 0 AND due_at <= $1 AND ${unleased}
  ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED`;

/** What a queue without batches does: claim one, send it, record it, sixteen at once. Same tables, same rules. */
export async function rowByRowRound(world: World, count: number, loops = 16): Promise<Figure> {
  await world.addEndpoints(100, "/row");
  await world.publish(Math.ceil(count / 100));
  const { deps } = world;
  const book = new EndpointBook(deps);
  let left = count;
  const loop = async () => {
    while (left > 0) {
      const leaseId = deps.newId();
      const delivery = await sqlTransaction(deps.pool, async (sql) => {
        const [next] = await sql<{ id: string }>(oldestStatement, [deps.clock()]);
        if (!next) return null;
        return claimDelivery(sql, world.organizationId, next.id, { leaseId, leaseMs: 20_000 });
      });
      if (!delivery) return;
      const target = (await book.get([delivery])).get(delivery.endpointId);
      if (!target) throw new Error("The endpoint is missing");
      const attempt = await new Promise<DeliveryAttempt>((resolve) =>
        deps.outbound.dispatch(new DeliveryAttempt(deps, { delivery, leaseId }, target, resolve)),
      );
      left -= 1;
      await recordFinished(deps, [attempt]);
    }
  };
  const figure = await measure(world, count, async () => {
    await Promise.all(Array.from({ length: loops }, loop));
  });
  await world.clear();
  return figure;
}
