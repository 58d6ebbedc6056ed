import { fanOut } from "@/lib/server/delivery/fan-out";
import type { Deps } from "@/lib/server/deps";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { startBenchDatabase, type BenchDatabase } from "./database";
import { startReceiver, type ReceiverProcess } from "./receiver-process";

/** One KiB of data, as the contract says. */
export const dataText = JSON.stringify({ text: "x".repeat(1024 - '{"text":""}'.length) });

export interface World {
  deps: Deps;
  database: BenchDatabase;
  receiver: ReceiverProcess;
  organizationId: string;
  /** Adds endpoints of the organization that lead to `path` of the receiver. */
  addEndpoints(count: number, path: string): Promise<string[]>;
  /** Publishes events to all endpoints of the organization that are active. */
  publish(count: number): Promise<void>;
  /** Forgets endpoints, events, deliveries and attempts. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export async function createWorld(variables: Record<string, string> = {}): Promise<World> {
  const database = await startBenchDatabase();
  try {
    return await createWorldOn(database, variables);
  } catch (error) {
    // Nobody else knows of it: it would run on after us.
    await database.stop();
    throw error;
  }
}

async function createWorldOn(database: BenchDatabase, variables: Record<string, string>): Promise<World> {
  const receiver = await startReceiver();
  const deps = await createTestDeps(database.url, variables, { poolMax: 16 });
  const { organizationId } = await createTestPrincipal(deps);
  const event = { eventType: "order.placed", eventTimestamp: new Date(), data: {}, dataText };
  return {
    deps,
    database,
    receiver,
    organizationId,
    async addEndpoints(count, path) {
      const ids = [];
      for (let index = 0; index < count; index += 1) {
        const { id } = await createTestEndpoint(deps, organizationId, `${receiver.origin}${path}/${index}`);
        ids.push(id);
      }
      return ids;
    },
    async publish(count) {
      for (let done = 0; done < count; done += 1000) {
        const batch = Array.from({ length: Math.min(1000, count - done) }, () => event);
        await fanOut(deps, deps.sql, organizationId, batch);
      }
    },
    async clear() {
      await deps.sql("TRUNCATE endpoint, endpoint_secret, event, delivery, attempt, delivery_stat, delivery_stat_recent CASCADE");
      await receiver.reset();
    },
    async close() {
      await closeTestDeps(deps);
      receiver.stop();
      await database.stop();
    },
  };
}
