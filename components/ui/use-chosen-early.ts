"use client";

import { useEffect, useEffectEvent, useRef } from "react";

/** useEnteredEarly for radios that share a state. Returns the ref of the element around them. */
export function useChosenEarly(
  value: string | undefined,
  onValueChange: ((value: string) => void) | undefined,
) {
  const group = useRef<HTMLDivElement>(null);
  const tell = useEffectEvent(() => {
    const chosen = group.current?.querySelector<HTMLInputElement>("input[type=radio]:checked")?.value;
    if (value !== undefined && chosen !== undefined && chosen !== value) onValueChange?.(chosen);
  });
  useEffect(() => tell(), []);
  return group;
}
