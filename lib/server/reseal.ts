import "server-only";
import {
  countByKey,
  listSealedOtherwise,
  replaceSealed,
  sealedColumns,
  type SealedColumn,
} from "./db/sealed-values.ts";
import type { Sql } from "./db/sql";
import { credentialsContext, headersContext, secretContext, type Sealer } from "./sealing.ts";

// Relative imports with their extension: plain Node runs this (scripts/rotate-keys).

export type SealedKind = keyof typeof sealedColumns;
export const sealedKinds = Object.keys(sealedColumns) as SealedKind[];
/** How many texts of a kind there are under each key's id. */
export type SealedCounts = Record<SealedKind, Map<string, number>>;

const contextOf: Record<SealedKind, (boundTo: string) => string> = {
  secrets: secretContext,
  headers: headersContext,
  credentials: credentialsContext,
};
const firstId = "00000000-0000-0000-0000-000000000000";
/** A process that still seals with an earlier key may add texts behind our back: they are found in the next round. */
const roundsMax = 3;

/** Texts under keys that nobody gave us: they could not be opened, so nothing is begun. */
export class MissingKeysError extends Error {
  override readonly name = "MissingKeysError";
  constructor(keyIds: readonly string[]) {
    const keys = keyIds.length === 1 ? `the key ${keyIds[0]}` : `the keys ${keyIds.join(", ")}`;
    super(`There are secrets under ${keys}: add it to POSTHORN_ENCRYPTION_KEY. Nothing was changed.`);
  }
}

export async function countSealed(sql: Sql): Promise<SealedCounts> {
  // One after the other: a command has one connection.
  const counts: Partial<SealedCounts> = {};
  for (const kind of sealedKinds) counts[kind] = await countByKey(sql, sealedColumns[kind]);
  return counts as SealedCounts;
}

/** Throws MissingKeysError when a text could not be opened with the keys of those ids. */
export function requireKeys(counts: SealedCounts, knownIds: readonly string[]): void {
  const needed = new Set(sealedKinds.flatMap((kind) => [...counts[kind].keys()]));
  const missing = [...needed].filter((id) => !knownIds.includes(id)).sort();
  if (missing.length > 0) throw new MissingKeysError(missing);
}

export interface Resealing {
  sql: Sql;
  /** Seals with the key of `keyId` and opens with every key that is needed. */
  sealer: Sealer;
  keyId: string;
  /** Rows of one statement: each is a transaction of its own, so that nothing waits long for us. */
  batchSize: number;
  /** Told after every batch how many texts have been sealed anew so far. */
  onProgress: (kind: SealedKind, count: number) => void;
}

/**
 * Seals everything with the current key, while the product runs. What was done stays done: after an interruption it goes
 * on with what is left. Returns how many texts were sealed anew.
 */
export async function resealAll(resealing: Resealing): Promise<Record<SealedKind, number>> {
  const done = { secrets: 0, headers: 0, credentials: 0 };
  for (let round = 0; round < roundsMax; round += 1) {
    let found = 0;
    for (const kind of sealedKinds) {
      for await (const count of resealColumn(resealing, kind, sealedColumns[kind])) {
        found += 1;
        done[kind] += count;
        resealing.onProgress(kind, done[kind]);
      }
    }
    if (found === 0) break;
  }
  return done;
}

async function* resealColumn(
  { sql, sealer, keyId, batchSize: limit }: Resealing,
  kind: SealedKind,
  column: SealedColumn,
): AsyncGenerator<number> {
  for (let afterId = firstId; ;) {
    const values = await listSealedOtherwise(sql, column, { keyId, afterId, limit });
    const last = values.at(-1);
    if (!last) return;
    const renewed = values.map(({ id, boundTo, sealed }) => {
      const context = contextOf[kind](boundTo);
      return { id, was: sealed, sealed: sealer.seal(sealer.open(sealed, context), context) };
    });
    yield await replaceSealed(sql, column, renewed);
    afterId = last.id;
  }
}
