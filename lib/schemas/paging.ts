import { z } from "zod";
import { pageSizeDefault, pageSizeMax } from "@/lib/domain/limits";
import { wholeNumberIn } from "./whole-number-in";

/** ISO 8601, UTC, milliseconds. */
export const timestampOut = z.iso.datetime().meta({ example: "2026-01-31T09:30:00.000Z" });

/** A moment that was sent to us: ISO 8601 with a zone. PostgreSQL has no year 0, and ISO 8601 no year 10000. */
export const momentIn = z.iso
  .datetime({ offset: true, error: "must be an ISO 8601 time with a zone, like 2026-01-31T09:30:00Z" })
  .transform((text) => new Date(text))
  .refine((moment) => isInYears(moment, 1, 9999), {
    error: "must be in the years 1 to 9999, in UTC",
    abort: true,
  });

interface Window {
  since?: Date | undefined;
  until?: Date | undefined;
}

/** For `refine`, with `backwards`: a window that ends before it begins is a mistake, and no list that is empty. */
export const isForwards = ({ since, until }: Window): boolean => !since || !until || until > since;
export const backwards = { path: ["until"], message: "must be after since" };

function isInYears(moment: Date, first: number, last: number): boolean {
  const year = moment.getUTCFullYear();
  return year >= first && year <= last;
}

/** `?limit=` and `?cursor=` of every list (contract, section 4). A cursor is the last id of the page before. */
export const pageQuery = z.object({
  limit: wholeNumberIn(1, pageSizeMax).default(pageSizeDefault),
  cursor: z.string().max(200).optional(),
});

export type PageQuery = z.output<typeof pageQuery>;

/** Newest first; `nextCursor` is null on the last page. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}
