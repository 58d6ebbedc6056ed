"use client";

import { Button } from "@/components/ui/button";

type LoadMoreProps = {
  /** How many rows are shown. */
  shownCount: number;
  /** One of these things, in plural: "attempts". */
  noun: string;
  /** Which ones come first: the newest unless said otherwise. */
  first?: "newest" | "next" | "latest";
  hasMore: boolean;
  loading: boolean;
  onLoadMore: () => void;
};

/** The end of a list that is paged by cursor, as the `footer` of its Table: how much is shown, and more. */
export function LoadMore({
  shownCount,
  noun,
  first = "newest",
  hasMore,
  loading,
  onLoadMore,
}: LoadMoreProps) {
  return (
    <div className="flex min-h-7 items-center justify-between gap-3 text-xs text-muted">
      <p aria-live="polite" className="tabular-nums">
        {hasMore ? `The ${first} ${shownCount} ${noun}` : `All ${shownCount} ${noun}`}
      </p>
      {hasMore && (
        <Button size="sm" onClick={onLoadMore} pending={loading}>
          Load more
        </Button>
      )}
    </div>
  );
}
