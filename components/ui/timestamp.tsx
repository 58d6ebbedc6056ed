"use client";

import type { MouseEvent } from "react";
import { useClock } from "@/components/ui/clock";
import { cn } from "@/components/ui/class-names";
import { MomentTip } from "@/components/ui/moment-tip";
import { Tooltip } from "@/components/ui/tooltip";
import { relativeTime } from "@/lib/format/relative-time";
import { utcTime } from "@/lib/format/utc-time";

type TimestampProps = {
  /** ISO 8601, or a Date. */
  at: string | Date;
  /** `relative` ("5 min ago", ticking), `absolute` (to the second, in UTC, that never moves), `told` (to the minute). */
  show?: "relative" | "absolute" | "told";
  className?: string;
};

/**
 * A moment, with local time and UTC in its tip (a tap by finger): `<Timestamp at={attempt.startedAt} />`. In a row with
 * a RowLink it lies above the link so that the tip opens, and hands clicks on to it.
 */
export function Timestamp({ at, show = "relative", className }: TimestampProps) {
  const date = typeof at === "string" ? new Date(at) : at;
  const relative = useClock((nowMs) => relativeTime(date, new Date(nowMs)));
  return (
    <Tooltip byTap content={<MomentTip date={date} relative={relative} />}>
      <time
        dateTime={date.toISOString()}
        onClick={clickRowLink}
        className={cn(
          "relative z-1 tabular-nums",
          // In a sentence it goes to the next line as a whole, and is broken only where that is too short for it.
          show === "told"
            ? "inline-block max-w-full underline decoration-line-strong decoration-dotted underline-offset-2"
            : "whitespace-nowrap",
          className,
        )}
      >
        {show === "relative" ? relative : utcTime(date, show === "told" ? "minutes" : "seconds")}
      </time>
    </Tooltip>
  );
}

function clickRowLink(event: MouseEvent<HTMLElement>) {
  const link = event.currentTarget.closest("tr")?.querySelector("[data-row-link]");
  if (!link || link.contains(event.currentTarget)) return;
  // Handed on: it is no tap for the tip any more.
  event.preventDefault();
  const { ctrlKey, metaKey, shiftKey } = event;
  link.dispatchEvent(
    new window.MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }),
  );
}
