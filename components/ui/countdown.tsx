"use client";

import { useClock } from "@/components/ui/clock";
import { cn } from "@/components/ui/class-names";
import { MomentTip } from "@/components/ui/moment-tip";
import { spellRemaining } from "@/components/ui/spell-remaining";
import { Tooltip } from "@/components/ui/tooltip";
import { relativeTime } from "@/lib/format/relative-time";

type CountdownProps = {
  /** ISO 8601, or a Date. */
  until: string | Date;
  /** Once the moment has come. */
  pastText?: string;
  className?: string;
};

/** The time that is left, ticking: `<Countdown until={endpoint.disablesAt} />`. The moment itself is in the tip. */
export function Countdown({ until, pastText = "any moment now", className }: CountdownProps) {
  const date = typeof until === "string" ? new Date(until) : until;
  const left = useClock((nowMs) => spellRemaining(date.getTime() - nowMs) ?? "");
  const relative = useClock((nowMs) => relativeTime(date, new Date(nowMs)));
  return (
    <Tooltip byTap content={<MomentTip date={date} relative={relative} />}>
      <time dateTime={date.toISOString()} className={cn("whitespace-nowrap tabular-nums", className)}>
        {left || pastText}
      </time>
    </Tooltip>
  );
}
