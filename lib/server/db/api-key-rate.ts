import "server-only";
import { prepared, type Sql } from "./sql";

export interface BucketSize {
  perSecond: number;
  /** What a full bucket holds. */
  burst: number;
}

export interface Grant {
  /** Whole requests, at most as many as were wanted. */
  granted: number;
  /** What is left for everyone, with the fraction of the request that is being saved up for. */
  left: number;
}

/**
 * Takes up to `wanted` requests out of the bucket that every process shares. Time is the database's: with the clocks
 * of the processes, the one that is ahead would fill the bucket for all and the others would find it empty.
 */
export async function takeFromBucket(
  sql: Sql,
  keyId: string,
  { perSecond, burst }: BucketSize,
  wanted: number,
): Promise<Grant> {
  const [grant] = await sql<Grant>(take, [keyId, perSecond, burst, wanted]);
  if (!grant) throw new Error("A bucket answered nothing");
  return grant;
}

/** What the bucket holds by now; a statement that had to wait for another one is not set back in time. */
const filled = `least($3::float8,
  b.tokens + $2::float8 * greatest(0, extract(epoch FROM statement_timestamp() - b.at)::float8))`;

const take = prepared(`
  INSERT INTO api_key_rate AS b (key_id, tokens, granted, at)
  VALUES ($1::uuid, $3::float8 - least($4::integer, floor($3::float8)), least($4::integer, floor($3::float8)),
    statement_timestamp())
  ON CONFLICT (key_id) DO UPDATE SET
    granted = least($4::integer, floor(${filled})),
    tokens = ${filled} - least($4::integer, floor(${filled})),
    at = greatest(b.at, statement_timestamp())
  RETURNING granted, tokens AS "left"`);
