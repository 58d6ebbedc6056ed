"use client";

import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { type RefObject, useCallback, useEffect, useMemo, useRef } from "react";
import { flatten, mergeHead, newAttempts } from "@/components/attempts/merge-attempts";
import { attemptQueries, type AttemptListFilter } from "@/lib/queries/attempts";

/** Rows do not move for this long after the pointer did: somebody is about to press one. */
const pointerRestMs = 1_500;

/**
 * A list that stays up to date without moving what is being read: new rows are taken in while its top is in sight and
 * the pointer rests, and counted otherwise. `topRef` is an element above the first row; `onPointerMove` goes on the rows.
 */
export function useLiveAttempts(filter: AttemptListFilter, topRef: RefObject<HTMLElement | null>) {
  const client = useQueryClient();
  const list = useInfiniteQuery(attemptQueries.list(filter));
  // A range that has ended has no news.
  const isOpen = filter.until === "";
  const head = useQuery({ ...attemptQueries.head(filter), enabled: isOpen && list.isSuccess });
  const pointerMovedAt = useRef(0);

  const shown = list.isPlaceholderData ? undefined : list.data;
  const attempts = useMemo(() => (list.data ? flatten(list.data) : []), [list.data]);
  const newCount = shown && head.data ? newAttempts(shown, head.data).length : 0;
  const takeIn = useCallback(() => {
    const newest = head.data;
    if (!newest) return;
    client.setQueryData(attemptQueries.list(filter).queryKey, (pages) => pages && mergeHead(pages, newest));
  }, [client, filter, head.data]);

  useEffect(() => {
    if (newCount === 0) return;
    const isAtTop = (topRef.current?.getBoundingClientRect().top ?? -1) >= 0;
    const isPointing = performance.now() - pointerMovedAt.current < pointerRestMs;
    if (isAtTop && !isPointing) takeIn();
    // Looks again with every answer, also one that is the same: the pointer may rest by then.
  }, [newCount, takeIn, topRef, head.dataUpdatedAt]);

  return {
    list,
    attempts,
    isLive: isOpen && list.isSuccess,
    newCount,
    takeIn,
    onPointerMove: () => {
      pointerMovedAt.current = performance.now();
    },
  };
}
