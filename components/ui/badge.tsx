import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { StateDot } from "@/components/ui/state-dot";
import { softTone, type Tone } from "@/components/ui/tone";

type BadgeProps = {
  tone?: Tone | undefined;
  /** A dot before the text; `pulse` for something going on right now. */
  dot?: boolean | "pulse" | undefined;
  /** A small lucide icon before the text. */
  icon?: ReactNode;
  mono?: boolean | undefined;
  className?: string | undefined;
  children: ReactNode;
};

/** A word of state: `<Badge tone="success" dot>Active</Badge>`. The word carries the meaning, the colour repeats it. */
export function Badge({ tone = "neutral", dot, icon, mono, className, children }: BadgeProps) {
  return (
    <span
      className={cn(
        "inline-flex h-5 max-w-full items-center gap-1.5 rounded-full border px-2 align-middle text-2xs font-medium whitespace-nowrap [&_svg]:size-3 [&_svg]:shrink-0",
        softTone[tone],
        mono && "rounded-sm px-1.5 font-mono",
        className,
      )}
    >
      {dot && <StateDot tone={tone} pulse={dot === "pulse"} />}
      {icon}
      <span className="truncate">{children}</span>
    </span>
  );
}
