"use client";

import { useEffect, useRef } from "react";
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
  const shown = useRef<HTMLParagraphElement>(null);
  const hasAsked = useRef(false);
  useEffect(() => {
    // With the last page the button goes away: the focus stays at the end of the list.
    if (!hasMore && hasAsked.current) shown.current?.focus();
  }, [hasMore]);
  return (
    <div className="flex min-h-7 items-center justify-between gap-3 text-xs text-muted">
      <p ref={shown} tabIndex={-1} aria-live="polite" className="tabular-nums">
        {hasMore ? `The ${first} ${shownCount} ${noun}` : `All ${shownCount} ${noun}`}
      </p>
      {hasMore && (
        <Button
          size="sm"
          onClick={() => {
            hasAsked.current = true;
            onLoadMore();
          }}
          pending={loading}
        >
          Load more
        </Button>
      )}
    </div>
  );
}
