"use client";

import type { ReactNode } from "react";
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { ChartKeys } from "@/components/charts/chart-keys";
import {
  axisStyle,
  type ChartBucket,
  ChartEmpty,
  ChartFrame,
  ChartLegend,
  chartMargin,
  ChartTip,
  formatBucket,
  formatTick,
  gridStyle,
  timeTicks,
  valueAxisWidthPx,
} from "@/components/charts/chart-theme";
import { useIsHydrated } from "@/components/ui/clock";
import { SkeletonChart } from "@/components/ui/skeleton";
import { spellMs } from "@/components/ui/waterfall";

export type TimeLinePoint = {
  /** Start of the bucket, ISO 8601. */
  at: string;
  /** Milliseconds; null where nothing was measured. */
  p50Ms: number | null;
  p95Ms: number | null;
};

type TimeLinesProps = {
  /** What is measured: "Response time". */
  label: string;
  /** Oldest first, without gaps. */
  points: readonly TimeLinePoint[];
  bucket: ChartBucket;
  heightPx?: number;
  loading?: boolean;
  empty?: ReactNode;
};

const median = { label: "p50", color: "var(--accent)" };
const tail = { label: "p95", color: "var(--neutral)" };
const spell = (durationMs: number | null) => (durationMs === null ? "–" : spellMs(durationMs));

/** Median and 95th percentile over time: `<TimeLines label="Response time" bucket="hour" points={…} />`. */
export function TimeLines({ label, points, bucket, heightPx = 200, loading, empty }: TimeLinesProps) {
  const ready = useIsHydrated() && !loading;
  const data = points.map((point) => ({ ...point, at: Date.parse(point.at) }));
  const spanMs = (data.at(-1)?.at ?? 0) - (data[0]?.at ?? 0);
  const last = points.findLast((point) => point.p50Ms !== null);

  if (ready && !last) {
    return <ChartEmpty heightPx={heightPx + 24}>{empty ?? "Nothing was measured in this time."}</ChartEmpty>;
  }
  return (
    <ChartFrame
      summary={`${label} per ${bucket}. Latest: median ${spell(last?.p50Ms ?? null)}, 95th percentile ${spell(last?.p95Ms ?? null)}.`}
      heightPx={heightPx}
      legend={<ChartLegend entries={[median, tail]} />}
    >
      {!ready ? (
        <SkeletonChart heightPx={heightPx} />
      ) : (
        <ResponsiveContainer width="100%" height="100%">
          <LineChart
            data={data}
            margin={chartMargin}
            aria-label={`${label} per ${bucket}: the arrow keys go through it`}
          >
            <ChartKeys describe={(at) => describePoint(data, at, bucket)} />
            <CartesianGrid {...gridStyle} />
            <XAxis
              dataKey="at"
              height={22}
              {...axisStyle}
              {...timeTicks(data, bucket, spanMs)}
              tickFormatter={(at: number) => formatTick(at, bucket, spanMs)}
            />
            <YAxis {...axisStyle} width={valueAxisWidthPx + 14} tickFormatter={formatAxisMs} />
            <Tooltip
              isAnimationActive={false}
              cursor={{ stroke: "var(--line-strong)" }}
              content={({ active, payload }) => {
                const point = payload[0]?.payload as (typeof data)[number] | undefined;
                if (!active || !point) return null;
                const entries = [
                  { ...median, value: spell(point.p50Ms) },
                  { ...tail, value: spell(point.p95Ms) },
                ];
                return <ChartTip title={formatBucket(point.at, bucket)} entries={entries} />;
              }}
            />
            <Line
              dataKey="p95Ms"
              stroke={tail.color}
              strokeDasharray="4 3"
              {...lineLook}
              dot={loneDot(points, tail.color)}
            />
            <Line dataKey="p50Ms" stroke={median.color} {...lineLook} dot={loneDot(points, median.color)} />
          </LineChart>
        </ResponsiveContainer>
      )}
    </ChartFrame>
  );
}

function describePoint(
  data: readonly (Omit<TimeLinePoint, "at"> & { at: number })[],
  at: number,
  bucket: ChartBucket,
) {
  const point = data.find((each) => each.at === at);
  if (!point) return "";
  return `${formatBucket(at, bucket)}: median ${spell(point.p50Ms)}, 95th percentile ${spell(point.p95Ms)}`;
}

const lineLook = {
  type: "monotone",
  strokeWidth: 1.75,
  activeDot: { r: 3 },
  isAnimationActive: false,
} as const;

/** A line needs two neighbours: a bucket with nothing measured before and after it would not be seen. */
function loneDot(points: readonly TimeLinePoint[], color: string) {
  return function LoneDot({ index, cx, cy }: { index?: number; cx?: number; cy?: number }) {
    const at = index ?? -1;
    const isLone =
      points[at]?.p50Ms != null && points[at - 1]?.p50Ms == null && points[at + 1]?.p50Ms == null;
    return isLone ? <circle key={at} cx={cx} cy={cy} r={2.5} fill={color} /> : <g key={at} />;
  };
}

/** `0`, `250 ms`, `1.5 s`. */
function formatAxisMs(value: number): string {
  if (value === 0) return "0";
  return value >= 1_000 ? `${Number((value / 1_000).toFixed(1))} s` : `${value} ms`;
}
