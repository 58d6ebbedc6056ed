"use client";

import { useActiveTooltipLabel, useIsTooltipActive } from "recharts";
import { useEffect, useEffectEvent, useRef } from "react";
import { announce } from "@/components/ui/announcer";

type ChartKeysProps = {
  /** What a bucket holds, in words: what the tip shows. */
  describe: (at: number) => string;
  /** As if the bucket had been pressed. */
  onEnter?: ((at: number) => void) | undefined;
};

/** Inside a chart, whose tip follows the arrow keys: says the bucket they have come to, and opens it on Enter. */
export function ChartKeys({ describe, onEnter }: ChartKeysProps) {
  const mark = useRef<SVGGElement>(null);
  const label = useActiveTooltipLabel();
  const isActive = useIsTooltipActive();
  const reached = isActive && label !== undefined ? Number(label) : null;

  const say = useEffectEvent((at: number) => {
    const surface = mark.current?.closest("svg");
    if (surface?.contains(document.activeElement)) announce(describe(at));
  });
  useEffect(() => {
    if (reached !== null) say(reached);
  }, [reached]);

  const onKeyDown = useEffectEvent(({ key }: KeyboardEvent) => {
    if (key === "Enter" && reached !== null) onEnter?.(reached);
  });
  useEffect(() => {
    const surface = mark.current?.closest("svg");
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    surface?.addEventListener("keydown", listener);
    return () => surface?.removeEventListener("keydown", listener);
  }, []);

  return <g ref={mark} />;
}
