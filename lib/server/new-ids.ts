import "server-only";
import { randomFillSync } from "node:crypto";
import { uuidV7 } from "@/lib/domain/ids";

/** 12 bits of a version 7 UUID count within a millisecond (RFC 9562, section 6.2, method 1). */
const countMax = 0xfff;
/** A clock set back by more than this is followed; by less, ids go on from the latest one. */
const setBackMsMax = 1_000;
/** Random bytes are drawn for many ids at once. */
const poolBytes = 8 * 512;

/**
 * Makes UUIDv7s that sort in the order in which this process made them, also within a millisecond: what is published
 * together is listed, held and released in its own order.
 */
export function orderedIds(clock: () => Date): () => string {
  const pool = new Uint8Array(poolBytes);
  let used = poolBytes;
  let lastMs = 0;
  let count = 0;
  return () => {
    const nowMs = clock().getTime();
    if (nowMs > lastMs || lastMs - nowMs > setBackMsMax) {
      lastMs = nowMs;
      count = 0;
    } else if (count < countMax) count += 1;
    else {
      lastMs += 1;
      count = 0;
    }
    if (used === poolBytes) {
      randomFillSync(pool);
      used = 0;
    }
    const bytes = new Uint8Array(10);
    bytes[0] = count >> 8;
    bytes[1] = count & 0xff;
    bytes.set(pool.subarray(used, used + 8), 2);
    used += 8;
    return uuidV7(new Date(lastMs), bytes);
  };
}
