import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { solidTone, type Tone } from "@/components/ui/tone";

type MeterProps = {
  label: string;
  /** 0 to `max`. Several segments lie side by side: done, failed. */
  segments: readonly { value: number; tone: Tone; label: string }[];
  max: number;
  /** In words, on the right: "312 of 7,000". */
  valueText?: ReactNode;
  labelHidden?: boolean;
};

/** A progress bar: `<Meter label="Replay" max={7000} segments={[{ value: 312, tone: "success", label: "sent" }]} />`. */
export function Meter({ label, segments, max, valueText, labelHidden }: MeterProps) {
  const sum = segments.reduce((total, segment) => total + segment.value, 0);
  // An empty segment would still take its gap, and a full bar would end before its end.
  const shown = segments.filter(({ value }) => value > 0);
  const shareOf = (value: number) => (max > 0 ? Math.min(100, (100 * value) / max) : 0);
  return (
    <div className="grid gap-1.5">
      {!labelHidden && (
        <div className="flex justify-between gap-3 text-xs">
          <span className="font-medium">{label}</span>
          {valueText && <span className="text-muted tabular-nums">{valueText}</span>}
        </div>
      )}
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={Math.min(sum, max)}
        aria-valuetext={segments.map((segment) => `${segment.value} ${segment.label}`).join(", ")}
        className="flex h-1.5 gap-px overflow-hidden rounded-full bg-line forced-colors:outline-1"
      >
        {shown.map((segment) => (
          <span
            key={segment.label}
            className={cn("h-full transition-[width] duration-500", solidTone[segment.tone])}
            style={{ width: `${shareOf(segment.value)}%` }}
          />
        ))}
      </div>
    </div>
  );
}
