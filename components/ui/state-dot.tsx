import { cn } from "@/components/ui/class-names";
import { solidTone, type Tone } from "@/components/ui/tone";

type StateDotProps = {
  tone: Tone;
  /** Something is going on right now. Stands still on reduced motion. */
  pulse?: boolean | undefined;
  /** What the dot says, where no word stands beside it. */
  label?: string | undefined;
  className?: string | undefined;
};

/** A dot of state, 6 px, beside its word: `<StateDot tone="success" /> Healthy`. Without a word, give `label`. */
export function StateDot({ tone, pulse, label, className }: StateDotProps) {
  return (
    <span
      className={cn("relative inline-block size-1.5 shrink-0 rounded-full", solidTone[tone], className)}
      {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })}
    >
      {pulse && (
        <span
          className={cn(
            "absolute inset-0 rounded-full motion-safe:animate-ping-soft motion-reduce:hidden",
            solidTone[tone],
          )}
        />
      )}
    </span>
  );
}
