"use client";

import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let said = "";

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Has a screen reader say what an action did where nothing on the page says it in words: `announce("Copied")`. */
export function announce(text: string): void {
  // The same again is a change only when it differs.
  said = text === said ? `${text}\u00a0` : text;
  for (const listener of listeners) listener();
}

/**
 * The place of what is announced, once, in the providers: it has to be there before its text is. `aria-live` is spelled
 * out because that is what keeps it from being hidden behind a dialog.
 */
export function Announcer() {
  const text = useSyncExternalStore(
    subscribe,
    () => said,
    () => "",
  );
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {text}
    </p>
  );
}
