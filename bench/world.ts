import { randomBytes } from "node:crypto";
import { newSecret } from "@/lib/domain/signature";
import { fanOut } from "@/lib/server/delivery/fan-out";
import type { Deps } from "@/lib/server/deps";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { secretContext } from "@/lib/server/sealing";
import { startBenchDatabase, type BenchDatabase } from "./database";
import { startReceiver, type ReceiverProcess } from "./receiver-process";

/** One KiB of data, as the contract says. */
export const dataText = JSON.stringify({ text: "x".repeat(1024 - '{"text":""}'.length) });

export interface World {
  deps: Deps;
  database: BenchDatabase;
  receiver: ReceiverProcess;
  organizationId: string;
  /** What a further process needs to unseal the same secrets. */
  encryptionKey: string;
  /** Adds endpoints of the organization that lead to `path` of the receiver. */
  addEndpoints(count: number, path: string): Promise<string[]>;
  /** Lets the endpoints that there are receive no event that is published from now on. */
  muteEndpoints(): Promise<void>;
  /** Publishes events to all endpoints of the organization that are active and not muted. */
  publish(count: number): Promise<void>;
  /** Forgets endpoints, events, deliveries and attempts. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export async function createWorld(): Promise<World> {
  const database = await startBenchDatabase();
  try {
    return await createWorldOn(database);
  } catch (error) {
    // Nobody else knows of it: it would run on after us.
    await database.stop();
    throw error;
  }
}

async function createWorldOn(database: BenchDatabase): Promise<World> {
  const receiver = await startReceiver();
  const encryptionKey = randomBytes(32).toString("base64");
  const variables = { POSTHORN_ENCRYPTION_KEY: encryptionKey };
  const deps = await createTestDeps(database.url, variables, { poolMax: 16 });
  const { organizationId } = await createTestPrincipal(deps);
  return {
    deps,
    database,
    receiver,
    organizationId,
    encryptionKey,
    addEndpoints: (count, path) => addEndpoints(deps, organizationId, count, `${receiver.origin}${path}`),
    async muteEndpoints() {
      await deps.sql("UPDATE endpoint SET event_types = '{nothing.at_all}'");
    },
    async publish(count) {
      const event = { eventType: "order.placed", eventTimestamp: deps.clock(), data: {}, dataText };
      for (let done = 0; done < count; done += 1000) {
        const batch = Array.from({ length: Math.min(1000, count - done) }, () => event);
        await fanOut(deps, deps.sql, organizationId, batch);
      }
    },
    async clear() {
      await deps.sql(
        "TRUNCATE endpoint, endpoint_secret, event, delivery, attempt, delivery_stat, delivery_stat_recent CASCADE",
      );
      await receiver.reset();
    },
    async close() {
      await closeTestDeps(deps);
      receiver.stop();
      await database.stop();
    },
  };
}

/** Active and healthy, in one statement: rounds ask for up to ten thousand. */
async function addEndpoints(
  deps: Deps,
  organizationId: string,
  count: number,
  url: string,
): Promise<string[]> {
  const ids = Array.from({ length: count }, () => deps.newId());
  const sealed = ids.map((id) => deps.sealer.seal(newSecret(randomBytes(32)), secretContext(id)));
  await deps.sql(
    `WITH new_endpoint AS (
       INSERT INTO endpoint (id, organization_id, url, event_types, state, state_since, activated_at, failure_policy,
         created_at, updated_at)
       SELECT id, $2::uuid, $3 || '/' || number, '{*}', 'active', $4::timestamptz, $4::timestamptz,
         '{"preset": "chronic"}', $4::timestamptz, $4::timestamptz
       FROM unnest($1::uuid[]) WITH ORDINALITY AS new (id, number)
     )
     INSERT INTO endpoint_secret (id, organization_id, endpoint_id, sealed, created_at)
     SELECT gen_random_uuid(), $2::uuid, id, sealed, $4::timestamptz
     FROM unnest($1::uuid[], $5::text[]) AS new (id, sealed)`,
    [ids, organizationId, url, new Date(deps.clock().getTime() - 1), sealed],
  );
  return ids;
}
