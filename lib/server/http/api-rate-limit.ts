import "server-only";
import { apiBurstSeconds } from "@/lib/domain/limits";
import type { BucketSize, Grant } from "@/lib/server/db/api-key-rate";

/** A lease is at most this much of a second's requests: what a process may hold beyond what the bucket says. */
const leaseShare = 0.1;
/** What a lease holds is lost after this long: a process that is asked no more does not keep requests for itself. */
const leaseMs = 1_000;
/** After an empty bucket the database is not asked again for this long: refusals cost nothing. */
const pauseMs = 20;
/** Leases that are remembered before old ones are looked for. */
const leasesMax = 1_000;

/** How many requests a key may make, and when it may come again. */
export type Admission = { admitted: true } | { admitted: false; retryAfterSeconds: number };

interface Lease {
  tokens: number;
  expiresAtMs: number;
  /** What the next lease asks for; follows the demand. */
  size: number;
  waiting: number;
  refusedUntilMs: number;
  retryAfterSeconds: number;
  refilling: Promise<void> | null;
}

/**
 * Admits requests per API key at a rate that holds over every process: each takes small leases out of one bucket in the
 * database, ahead of its demand, and admits from them without asking anyone. Why so, and how precise:
 * docs/decisions/014-request-rates-by-lease.md.
 */
export class ApiRateLimit {
  readonly bucket: BucketSize;
  readonly #take: (keyId: string, wanted: number) => Promise<Grant>;
  readonly #nowMs: () => number;
  readonly #leaseMax: number;
  readonly #leases = new Map<string, Lease>();

  /** @param perSecond 0 admits everything. `nowMs` never goes back. */
  constructor(
    perSecond: number,
    take: (keyId: string, bucket: BucketSize, wanted: number) => Promise<Grant>,
    nowMs: () => number = () => performance.now(),
  ) {
    this.bucket = { perSecond, burst: perSecond * apiBurstSeconds };
    this.#take = (keyId, wanted) => take(keyId, this.bucket, wanted);
    this.#nowMs = nowMs;
    this.#leaseMax = Math.max(1, Math.floor(perSecond * leaseShare));
  }

  async admit(keyId: string): Promise<Admission> {
    if (this.bucket.perSecond === 0) return { admitted: true };
    const lease = this.#leaseOf(keyId);
    for (;;) {
      const nowMs = this.#nowMs();
      if (lease.tokens > 0 && nowMs < lease.expiresAtMs) {
        lease.tokens -= 1;
        if (lease.tokens < lease.size / 4) this.#refillAhead(keyId, lease);
        return { admitted: true };
      }
      if (nowMs < lease.refusedUntilMs)
        return { admitted: false, retryAfterSeconds: lease.retryAfterSeconds };
      lease.waiting += 1;
      try {
        await this.#refill(keyId, lease);
      } finally {
        lease.waiting -= 1;
      }
    }
  }

  #leaseOf(keyId: string): Lease {
    const known = this.#leases.get(keyId);
    if (known) return known;
    if (this.#leases.size >= leasesMax) this.#forgetIdle();
    const idle = { tokens: 0, expiresAtMs: 0, size: 1, waiting: 0, refusedUntilMs: 0, retryAfterSeconds: 1 };
    const lease: Lease = { ...idle, refilling: null };
    this.#leases.set(keyId, lease);
    return lease;
  }

  #forgetIdle(): void {
    const nowMs = this.#nowMs();
    for (const [keyId, { expiresAtMs, refilling }] of this.#leases) {
      if (expiresAtMs < nowMs && refilling === null) this.#leases.delete(keyId);
    }
  }

  /** The next lease is on its way before this one is used up, so that a busy key waits for the database only once. */
  #refillAhead(keyId: string, lease: Lease): void {
    if (lease.size === 1 || this.#nowMs() < lease.refusedUntilMs) return;
    // Whoever finds the lease empty asks again, and hears what went wrong.
    this.#refill(keyId, lease).catch(() => undefined);
  }

  #refill(keyId: string, lease: Lease): Promise<void> {
    lease.refilling ??= this.#fetch(keyId, lease).finally(() => (lease.refilling = null));
    return lease.refilling;
  }

  async #fetch(keyId: string, lease: Lease): Promise<void> {
    const nowMs = this.#nowMs();
    const wasUsed = nowMs < lease.expiresAtMs;
    if (!wasUsed) lease.tokens = 0;
    // Used within its time: twice as many next time. Left to run out: fewer.
    const size = wasUsed ? lease.size * 2 : lease.size / 2;
    lease.size = Math.round(Math.min(this.#leaseMax, Math.max(1, lease.waiting, size)));
    const { granted, left } = await this.#take(keyId, lease.size);
    lease.expiresAtMs = this.#nowMs() + leaseMs;
    lease.tokens += granted;
    if (granted > 0) return;
    const waitMs = ((1 - left) / this.bucket.perSecond) * 1000;
    lease.refusedUntilMs = this.#nowMs() + Math.max(pauseMs, waitMs);
    lease.retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
  }
}
