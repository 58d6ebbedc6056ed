import { type RefObject, useEffect, useRef } from "react";

const wrongAndFocused = "[aria-invalid=true]:focus, [aria-invalid=true] :focus";

/** For the answer that stands above a long form, whose button is far below: the element comes into view with it. */
export function useBroughtIntoView<Shown extends HTMLElement>(answer: unknown): RefObject<Shown | null> {
  const shown = useRef<Shown>(null);
  useEffect(() => {
    if (!answer) return;
    shown.current?.scrollIntoView({ block: "nearest" });
    // Where a field is wrong, it has been focused by now, and is what has to be seen.
    shown.current?.closest("form")?.querySelector(wrongAndFocused)?.scrollIntoView({ block: "nearest" });
  }, [answer]);
  return shown;
}
