import { expect, it } from "vitest";
import { deliveryWorld } from "@/lib/server/testing/delivery-world";

const world = deliveryWorld();

it("starts each delivery at its moment, not at the next poll", async () => {
  const count = 6;
  await world.addEndpoint();
  await world.publish(count);
  await world.deps.sql(
    `UPDATE delivery SET due_at = clock_timestamp() + turn.number * interval '150 milliseconds'
     FROM (SELECT id, row_number() OVER (ORDER BY id) AS number FROM delivery) turn WHERE turn.id = delivery.id`,
  );
  world.startWorker();
  await world.settled("succeeded", count);
  const late = await world.deps.sql<{ ms: number }>(
    `SELECT date_part('epoch', attempt.delivery_timestamp - delivery.due_at) * 1000 AS ms
     FROM attempt JOIN delivery ON delivery.id = attempt.delivery_id`,
  );
  expect(late).toHaveLength(count);
  // The poll comes every second: the first of them would wait for most of it.
  for (const { ms } of late) expect(ms).toBeLessThan(500);
  for (const { ms } of late) expect(ms).toBeGreaterThanOrEqual(0);
});
