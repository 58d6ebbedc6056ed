const manyPagesMs = 15_000;

/**
 * For `refetchInterval` of a list that grows without end: all of its pages are read again each time, and someone who has
 * loaded several of them is reading, not watching.
 */
export function listInterval(liveMs: number) {
  return ({ state }: { state: { data?: { pages: readonly unknown[] } | undefined } }): number =>
    (state.data?.pages.length ?? 0) > 1 ? manyPagesMs : liveMs;
}
