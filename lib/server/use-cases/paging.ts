import "server-only";
import { decodeId, type IdPrefix } from "@/lib/domain/ids";
import type { Page } from "@/lib/schemas/paging";
import { type AppError, invalid } from "@/lib/server/app-error";

/** The UUID that a list goes on after; null for its first page. Throws 422 for a cursor that is none. */
export function cursorId(prefix: IdPrefix, cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const id = decodeId(prefix, cursor);
  if (id === null) throw foreignCursor();
  return id;
}

export function foreignCursor(): AppError {
  return invalid([{ path: "cursor", message: "must be the nextCursor of a page before" }]);
}

/** A page of `limit` rows; one row more was asked for, and tells whether there is another page. */
export function toPage<Row, Item extends { id: string }>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
): Page<Item> {
  const items = rows.slice(0, limit).map(toItem);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
