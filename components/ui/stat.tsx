import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { textTone, type Tone } from "@/components/ui/tone";

type StatProps = {
  label: ReactNode;
  /** Already formatted. */
  value: ReactNode;
  /** After the value, smaller: "ms". */
  unit?: ReactNode;
  /** The change against before: its direction, its text, and whether it is good news. */
  delta?: { direction: "up" | "down" | "same"; text: string; tone?: Tone };
  hint?: ReactNode;
  /** A sparkline on the right. */
  chart?: ReactNode;
};

/** One number: `<Stat label="Delivered" value="99.2 %" delta={{ direction: "up", text: "0.4 points", tone: "success" }} />`. */
export function Stat({ label, value, unit, delta, hint, chart }: StatProps) {
  const Arrow = delta?.direction === "up" ? ArrowUp : delta?.direction === "down" ? ArrowDown : null;
  return (
    <div className="flex min-w-0 items-start justify-between gap-3 border-r border-b p-4">
      <dl className="min-w-0">
        <dt className="truncate text-xs text-muted">{label}</dt>
        <dd className="mt-1 flex flex-wrap items-baseline gap-x-1.5">
          <span className="text-xl font-semibold tabular-nums">{value}</span>
          {unit && <span className="text-sm text-muted">{unit}</span>}
        </dd>
        {(delta || hint) && (
          <dd className="mt-1 flex flex-wrap items-center gap-x-2 text-xs text-muted">
            {delta && (
              <span
                className={cn(
                  "inline-flex items-center gap-0.5 tabular-nums",
                  textTone[delta.tone ?? "neutral"],
                )}
              >
                {Arrow && <Arrow aria-hidden className="size-3" />}
                {Arrow && <span className="sr-only">{delta.direction} </span>}
                {delta.text}
              </span>
            )}
            {hint && <span>{hint}</span>}
          </dd>
        )}
      </dl>
      {chart && <div className="shrink-0 self-end">{chart}</div>}
    </div>
  );
}

/** Stats side by side with hairlines between. Where they do not fit in one row, no row has an empty place. */
export function StatRow({ children }: { children: ReactNode }) {
  return (
    <div className="@container overflow-hidden rounded-lg border bg-surface">
      {/* The outermost right and lower hairlines fall outside and are cut off. */}
      <div className="-mr-px -mb-px flex flex-wrap *:grow *:basis-full @xs:*:basis-2/5 @2xl:*:basis-1/5 @2xl:has-[>:nth-child(5)]:*:basis-3/10 @4xl:has-[>:nth-child(5)]:*:basis-0">
        {children}
      </div>
    </div>
  );
}
