"use client";

import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";

/** One clock for all times on the page, so that they change together and a hundred rows cost one timer. */
const tickMs = 1000;
const listeners = new Set<() => void>();
let nowMs = 0;
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!timer) {
    nowMs = Date.now();
    timer = setInterval(() => {
      nowMs = Date.now();
      for (const each of listeners) each();
    }, tickMs);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
      nowMs = 0;
    }
  };
}

function readClock(): number {
  // Before the first subscription the snapshot must still be stable within a render.
  if (nowMs === 0) nowMs = Date.now();
  return nowMs;
}

const RenderedAt = createContext<number>(0);

/** Carries the server's time of rendering, so that hydration computes the same words the server wrote. */
export function ClockProvider({ renderedAtMs, children }: { renderedAtMs: number; children: ReactNode }) {
  return <RenderedAt value={renderedAtMs}>{children}</RenderedAt>;
}

/**
 * Milliseconds since the epoch, from `select`: the component renders again only when the selected value changes
 * (`useClock((now) => relativeTime(date, new Date(now)))`). During hydration: the server's time of rendering.
 */
export function useClock<Selected extends string | number | boolean>(
  select: (nowMs: number) => Selected,
): Selected {
  const renderedAtMs = useContext(RenderedAt);
  return useSyncExternalStore(
    subscribe,
    () => select(readClock()),
    () => select(renderedAtMs),
  );
}

const noSubscription = () => () => {};

/** False on the server and while hydrating, then true: for what only the browser knows, such as its time zone. */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(
    noSubscription,
    () => true,
    () => false,
  );
}
