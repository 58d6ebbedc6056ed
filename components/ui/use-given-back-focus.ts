"use client";

import { useEffect, useRef } from "react";

/**
 * For what opens over the page: `<Primitive.Content {...useGivenBackFocus(trigger !== undefined)}>`. Radix gives the focus
 * back to a trigger only. Here it goes to what had it before, to the page where that has gone meanwhile (a row that was
 * deleted), and never to nothing.
 */
export function useGivenBackFocus(hasTrigger: boolean) {
  const opener = useRef<HTMLElement | null>(null);

  useEffect(
    () => () => {
      // What was confirmed took the opener away, once the focus was back on it: a row that was deleted, with its dialog.
      const isLost = document.activeElement === document.body && opener.current?.isConnected === false;
      if (isLost) document.getElementById("content")?.focus({ preventScroll: true });
    },
    [],
  );

  function onOpenAutoFocus() {
    const { activeElement } = document;
    opener.current =
      activeElement instanceof HTMLElement && activeElement !== document.body ? activeElement : null;
  }

  function onCloseAutoFocus(event: Event) {
    const before = opener.current;
    // Not every browser focuses a button that is clicked: Radix knows the trigger all the same.
    if (before === null && hasTrigger) return;
    event.preventDefault();
    const place = before?.isConnected ? before : document.getElementById("content");
    place?.focus();
  }

  return { onOpenAutoFocus, onCloseAutoFocus };
}
