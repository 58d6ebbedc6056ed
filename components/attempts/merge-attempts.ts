import type { InfiniteData } from "@tanstack/react-query";
import type { AttemptSummaryOut } from "@/lib/schemas/attempt";
import type { Page } from "@/lib/schemas/paging";

export type AttemptPages = InfiniteData<Page<AttemptSummaryOut>, unknown>;

/** Beyond this many rows a list that grows by itself lets go of its oldest; they are fetched again when asked for. */
const rowsMax = 500;

/** Every attempt of the pages once, newest first. */
export function flatten(pages: AttemptPages): AttemptSummaryOut[] {
  const byId = new Map(pages.pages.flatMap((page) => page.items).map((item) => [item.id, item]));
  return newestFirst([...byId.values()]);
}

/** TypeIDs sort as the times inside them do. */
function newestFirst(items: AttemptSummaryOut[]): AttemptSummaryOut[] {
  return items.sort((a, b) => (a.id < b.id ? 1 : a.id > b.id ? -1 : 0));
}

/**
 * What the newest page has and the pages shown have not. Not only at its beginning: an attempt is logged when it ends
 * and sorted by when it began, so a slow one appears below quick ones.
 */
export function newAttempts(shown: AttemptPages, head: Page<AttemptSummaryOut>): AttemptSummaryOut[] {
  const known = new Set(shown.pages.flatMap((page) => page.items).map(({ id }) => id));
  return head.items.filter(({ id }) => !known.has(id));
}

/**
 * The pages with the newest one merged in. When nothing connects the two (more happened than fits a page) the list
 * starts again from the newest: a gap that nobody sees would be worse.
 */
export function mergeHead(shown: AttemptPages, head: Page<AttemptSummaryOut>): AttemptPages {
  const fresh = newAttempts(shown, head);
  if (fresh.length === 0) return shown;
  const connects = fresh.length < head.items.length || head.nextCursor === null;
  if (!connects) return { pages: [head], pageParams: [null] };
  const items = newestFirst([...fresh, ...flatten(shown)]);
  const nextCursor = shown.pages.at(-1)?.nextCursor ?? null;
  const kept = items.slice(0, rowsMax);
  const page = { items: kept, nextCursor: kept.length < items.length ? kept.at(-1)!.id : nextCursor };
  return { pages: [page], pageParams: [null] };
}
