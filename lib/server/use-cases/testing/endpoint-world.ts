import "server-only";
import { afterEach, beforeEach } from "vitest";
import { EndpointIn, EndpointPatch } from "@/lib/schemas/endpoint";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import { fanOut } from "@/lib/server/delivery/fan-out";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createEndpoint } from "../create-endpoint";

export const url = "http://127.0.0.1:4319/webhooks";
export const input = (changes: object = {}) => EndpointIn.parse({ url, ...changes });
export const patch = (changes: object) => EndpointPatch.parse(changes);
export const page = { limit: 50 };

/** A developer of one organization, and an admin of another. */
export class EndpointWorld {
  deps!: Deps;
  principal!: Principal;
  stranger!: Principal;

  async open(databaseUrl: string): Promise<void> {
    this.deps = await createTestDeps(databaseUrl);
    this.principal = await createTestPrincipal(this.deps, "developer");
    this.stranger = await createTestPrincipal(this.deps);
  }

  /** Returns the UUID. */
  async create(changes: object = {}): Promise<string> {
    await createEndpoint(this.deps, this.principal, input(changes));
    const [row] = await this.deps.sql<{ id: string }>("SELECT id FROM endpoint ORDER BY id DESC LIMIT 1");
    return row?.id ?? "";
  }

  async publish(): Promise<void> {
    const eventType = "organization.domains.changed";
    const event = { eventType, eventTimestamp: this.deps.clock(), data: {}, dataText: "{}" };
    await fanOut(this.deps, this.deps.sql, this.principal.organizationId, [event]);
  }

  async deliveryStates(purpose = "event"): Promise<string[]> {
    const rows = await this.deps.sql<{ state: string }>(
      "SELECT state::text AS state FROM delivery WHERE purpose = $1::delivery_purpose ORDER BY id",
      [purpose],
    );
    return rows.map(({ state }) => state);
  }

  async versionOf(id: string): Promise<number | undefined> {
    const rows = await this.deps.sql<{ version: number }>(
      "SELECT version FROM endpoint WHERE id = $1::uuid",
      [id],
    );
    return rows[0]?.version;
  }
}

/** A world for each test of the file. */
export function endpointWorld(): EndpointWorld {
  const world = new EndpointWorld();
  const database = testDatabase();
  beforeEach(() => world.open(database().url));
  afterEach(() => closeTestDeps(world.deps));
  return world;
}
