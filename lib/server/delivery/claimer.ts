import "server-only";
import { randomUUID } from "node:crypto";
import {
  claimDeliveries,
  claimFromEndpoints,
  listPendingEndpoints,
  type Claim,
  type ClaimedDelivery,
} from "@/lib/server/db/claim-deliveries";
import type { Lease } from "@/lib/server/db/leases";
import { poolSql, type Sql } from "@/lib/server/db/sql";
import type { Engine } from "./engine";
import { leaseMs } from "./lease-clock";

/** Endpoints that are looked at in one turn when the queue begins with what cannot be sent now. */
const turnSize = 200;
const firstTurn = "00000000-0000-0000-0000-000000000000";

/** A claimed delivery and the lease it is held by. */
export interface LeasedDelivery {
  delivery: ClaimedDelivery;
  leaseId: string;
  /** When it was claimed (performance.now()): what it says of its endpoint grows old. */
  claimedAtMs: number;
}

export const leaseOf = ({ delivery, leaseId }: Pick<LeasedDelivery, "delivery" | "leaseId">): Lease => ({
  id: delivery.id,
  leaseId,
});

type Wanted = Pick<Claim, "now" | "limit" | "rooms" | "workerId"> & { leaseNow: Date };

/** Decides where in the queue a claim looks, so that it never walks through a backlog that cannot be sent now. */
export class Claimer {
  readonly #engine: Engine;
  /** The last endpoint of the last turn. */
  #lastTurn = firstTurn;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Leases up to `limit` due deliveries, no more of an endpoint than it has room for. */
  async claim({ now, limit, rooms, workerId, leaseNow }: Wanted): Promise<LeasedDelivery[]> {
    const sql = poolSql(this.#engine.pool);
    const leaseId = randomUUID();
    const leaseUntil = new Date(leaseNow.getTime() + leaseMs);
    const claim = { now, leaseNow, leaseId, leaseUntil, workerId, limit, rooms };
    const roomDefault = this.#engine.settings.endpointConcurrency;
    let claimed = await claimDeliveries(sql, { ...claim, roomDefault });
    // Endpoints without room may stand before everybody else in the queue: then the others are asked one by one.
    if (claimed.length < limit / 2 && [...rooms.values()].some((room) => room <= 0)) {
      const left = new Map(rooms);
      for (const { endpointId } of claimed) left.set(endpointId, 0);
      const turn = await this.#nextTurn(sql, left, roomDefault);
      const more = await claimFromEndpoints(sql, { ...claim, limit: limit - claimed.length, rooms: turn });
      claimed = [...claimed, ...more];
    }
    const claimedAtMs = performance.now();
    return claimed.map((delivery) => ({ delivery, leaseId, claimedAtMs }));
  }

  /** The next endpoints with pending deliveries that have room; after the last one the first is next again. */
  async #nextTurn(
    sql: Sql,
    rooms: ReadonlyMap<string, number>,
    roomDefault: number,
  ): Promise<Map<string, number>> {
    const pending = await listPendingEndpoints(sql, this.#lastTurn, turnSize);
    this.#lastTurn = pending.length < turnSize ? firstTurn : (pending.at(-1) ?? firstTurn);
    const turn = new Map<string, number>();
    for (const id of pending) {
      const room = rooms.get(id) ?? roomDefault;
      if (room > 0) turn.set(id, room);
    }
    return turn;
  }
}
