import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { solidTone, type Tone } from "@/components/ui/tone";

export type WaterfallPhase = {
  label: ReactNode;
  /** Milliseconds; null for a phase that did not happen. */
  durationMs: number | null;
  tone?: Tone;
  /** In place of the number when there is none: "reused". */
  absentText?: string;
};

type WaterfallProps = {
  label: string;
  phases: readonly WaterfallPhase[];
  /** Of the whole; may exceed the sum. */ totalMs: number;
};

/** Phases one after another on one time axis: `<Waterfall label="Timing" totalMs={120} phases={[…]} />`. */
export function Waterfall({ label, phases, totalMs }: WaterfallProps) {
  const starts = phases.map((_, index) =>
    phases.slice(0, index).reduce((sum, phase) => sum + (phase.durationMs ?? 0), 0),
  );
  const scale = Math.max(totalMs, (starts.at(-1) ?? 0) + (phases.at(-1)?.durationMs ?? 0), 0.001);
  return (
    <table className="w-full text-xs tabular-nums">
      <caption className="sr-only">{label}</caption>
      <tbody>
        {phases.map((phase, index) => (
          <tr key={index}>
            <th scope="row" className="w-24 py-1 pr-3 text-left font-normal whitespace-nowrap text-muted">
              {phase.label}
            </th>
            <td className="py-1" aria-hidden>
              <span className="relative block h-2 rounded-full bg-hover">
                {phase.durationMs !== null && (
                  <span
                    className={cn(
                      "absolute inset-y-0 min-w-0.5 rounded-full",
                      solidTone[phase.tone ?? "accent"],
                    )}
                    style={{
                      left: `${((100 * (starts[index] ?? 0)) / scale).toFixed(2)}%`,
                      width: `${((100 * phase.durationMs) / scale).toFixed(2)}%`,
                    }}
                  />
                )}
              </span>
            </td>
            <td className="w-20 py-1 pl-3 text-right whitespace-nowrap">
              {phase.durationMs === null ? (
                <span className="text-subtle">{phase.absentText ?? "–"}</span>
              ) : (
                spellMs(phase.durationMs)
              )}
            </td>
          </tr>
        ))}
        <tr>
          <th scope="row" className="border-t pt-1.5 text-left font-medium">
            Total
          </th>
          <td className="border-t" />
          <td className="border-t pt-1.5 text-right font-medium whitespace-nowrap">{spellMs(totalMs)}</td>
        </tr>
      </tbody>
    </table>
  );
}

/** `0.4 ms`, `38 ms`, `1.24 s`. */
export function spellMs(durationMs: number): string {
  if (durationMs >= 1_000) return `${(durationMs / 1_000).toFixed(2)} s`;
  return durationMs > 0 && durationMs < 10 ? `${durationMs.toFixed(1)} ms` : `${Math.round(durationMs)} ms`;
}
