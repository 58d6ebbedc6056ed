import { DeliveryAttempt } from "@/lib/server/delivery/delivery-attempt";
import { EndpointBook } from "@/lib/server/delivery/endpoint-target";
import { recordFinished } from "@/lib/server/delivery/record";
import { claimDeliveries } from "@/lib/server/db/claim-deliveries";
import { measure, type Figure } from "./measure";
import type { World } from "./world";

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
      const now = deps.clock();
      const leaseUntil = new Date(now.getTime() + 20_000);
      const claim = {
        now,
        leaseId,
        leaseUntil,
        workerId: null,
        limit: 1,
        roomDefault: 1,
        rooms: new Map<string, number>(),
      };
      const [delivery] = await claimDeliveries(deps.sql, claim);
      if (!delivery) return;
      left -= 1;
      const target = (await book.get([delivery])).get(delivery.endpointId);
      if (!target) throw new Error("The endpoint is missing");
      const attempt = await new Promise<DeliveryAttempt>((resolve) =>
        deps.outbound.dispatch(new DeliveryAttempt(deps, { delivery, leaseId }, target, resolve)),
      );
      await recordFinished(deps, [attempt]);
    }
  };
  const figure = await measure(world, count, async () => {
    await Promise.all(Array.from({ length: loops }, loop));
  });
  await world.clear();
  return figure;
}
