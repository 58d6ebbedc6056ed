"use client";

import type { ReactNode } from "react";
import { useIsHydrated } from "@/components/ui/clock";

export type ChartBucket = "hour" | "day";

/** What the axes of all charts have in common, in our tokens (SVG takes CSS variables, so both themes are one). */
export const axisStyle = {
  tickLine: false,
  axisLine: false,
  tick: { fill: "var(--subtle)", fontSize: 11 },
} as const;

export const gridStyle = { stroke: "var(--line)", strokeDasharray: "2 3", vertical: false } as const;
export const chartMargin = { top: 8, right: 4, bottom: 0, left: 0 };
export const valueAxisWidthPx = 40;

const twoDaysMs = 2 * 86_400_000;

/** Ticks of the time axis, in the reader's time zone: charts are drawn after hydration only. */
export function formatTick(at: number, bucket: ChartBucket, spanMs: number): string {
  const date = new Date(at);
  if (bucket === "day" || spanMs > twoDaysMs) {
    return date.toLocaleDateString("en-GB", { weekday: "short", day: "numeric" });
  }
  return date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

/**
 * Round times, evenly spaced: over several days each midnight, since any other choice names a day twice; else every
 * third hour. Where they do not fit, every second of them, and so on.
 */
export function timeTicks(data: readonly { at: number }[], bucket: ChartBucket, spanMs: number) {
  const everyHours = spanMs > twoDaysMs ? 24 : 3;
  const moments = data.map(({ at }) => at);
  return {
    interval: "equidistantPreserveStart" as const,
    minTickGap: 12,
    ticks: bucket === "day" ? moments : moments.filter((at) => new Date(at).getHours() % everyHours === 0),
  };
}

/** The bucket a tooltip is about, in the reader's time zone, which it names: "Sat 21 Nov, 14:00 to 15:00 CET". */
export function formatBucket(at: number, bucket: ChartBucket): string {
  const date = new Date(at);
  const day = date.toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short" });
  if (bucket === "day") return day;
  const clock = { hour: "2-digit", minute: "2-digit" } as const;
  const from = date.toLocaleTimeString("en-GB", clock);
  const until = new Date(at + 3_600_000).toLocaleTimeString("en-GB", { ...clock, timeZoneName: "short" });
  return `${day}, ${from} to ${until}`;
}

type LegendEntry = { label: string; color: string; value?: string };

/** Above a chart, so that the colours are named in words. */
export function ChartLegend({ entries }: { entries: readonly LegendEntry[] }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
      {entries.map((entry) => (
        <li key={entry.label} className="flex items-center gap-1.5">
          <span
            aria-hidden
            className="size-2 rounded-sm forced-color-adjust-none"
            style={{ background: entry.color }}
          />
          {entry.label}
          {entry.value && <span className="font-medium text-fg tabular-nums">{entry.value}</span>}
        </li>
      ))}
    </ul>
  );
}

/** The box of a tooltip. */
export function ChartTip({ title, entries }: { title: string; entries: readonly LegendEntry[] }) {
  return (
    <div className="min-w-36 rounded-md bg-raised px-2.5 py-2 text-xs shadow-pop forced-colors:border">
      <p className="mb-1 font-medium">{title}</p>
      {entries.map((entry) => (
        <p key={entry.label} className="flex items-center gap-1.5 text-muted">
          <span
            aria-hidden
            className="size-2 rounded-sm forced-color-adjust-none"
            style={{ background: entry.color }}
          />
          <span className="flex-1">{entry.label}</span>
          <span className="pl-3 font-medium text-fg tabular-nums">{entry.value}</span>
        </p>
      ))}
    </div>
  );
}

type ChartFrameProps = {
  /** The chart in a sentence or two, for those who do not see it. */
  summary: string;
  heightPx: number;
  legend: ReactNode;
  children: ReactNode;
};

/** `CET` or `GMT+1`: as the tips name it. */
function zoneName(at: Date): string {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZoneName: "short" }).formatToParts(at);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "local time";
}

/** Legend, time zone, fixed height and the words that stand for the picture. */
export function ChartFrame({ summary, heightPx, legend, children }: ChartFrameProps) {
  const zone = useIsHydrated() && zoneName(new Date());
  return (
    <figure className="min-w-0">
      <figcaption className="sr-only">{summary}</figcaption>
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        {legend}
        {zone && <p className="text-xs text-subtle">Times in {zone}</p>}
      </div>
      <div
        className="min-w-0 [&_.recharts-surface]:rounded-sm [&_.recharts-surface:focus:not(:focus-visible)]:outline-none"
        style={{ height: heightPx }}
      >
        {children}
      </div>
    </figure>
  );
}

/** In place of a chart that has nothing to show, as high as the chart. */
export function ChartEmpty({ heightPx, children }: { heightPx: number; children: ReactNode }) {
  return (
    <div
      className="grid place-items-center rounded-md border border-dashed px-4 text-center text-sm text-muted"
      style={{ height: heightPx }}
    >
      <div>{children}</div>
    </div>
  );
}
