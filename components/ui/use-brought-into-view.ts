import { type RefObject, useEffect, useRef } from "react";

/** For the answer that stands above a long form, whose button is far below: the element comes into view with it. */
export function useBroughtIntoView<Shown extends HTMLElement>(answer: unknown): RefObject<Shown | null> {
  const shown = useRef<Shown>(null);
  useEffect(() => {
    if (answer) shown.current?.scrollIntoView({ block: "nearest" });
  }, [answer]);
  return shown;
}
