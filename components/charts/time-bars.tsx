"use client";

import type { ReactNode } from "react";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
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
import { compactCount } from "@/lib/format/numbers";

export type TimeBar = {
  /** Start of the bucket, ISO 8601. */
  at: string;
  succeeded: number;
  failed: number;
};

type TimeBarsProps = {
  /** What is counted, in plural: "attempts". */
  noun: string;
  /** Oldest first, without gaps: an empty bucket has zeros. */
  points: readonly TimeBar[];
  bucket: ChartBucket;
  heightPx?: number;
  loading?: boolean;
  empty?: ReactNode;
  /** A bar was pressed: its bucket. */
  onSelect?: (bucket: { since: Date; until: Date }) => void;
};

const bucketMs: Record<ChartBucket, number> = { hour: 3_600_000, day: 86_400_000 };
const success = { label: "Succeeded", color: "var(--success)" };
const failure = { label: "Failed", color: "var(--danger)" };
const count = (value: number) => value.toLocaleString("en");

/** Successes and failures per hour or day, stacked: `<TimeBars noun="attempts" bucket="hour" points={…} />`. */
export function TimeBars(props: TimeBarsProps) {
  const { noun, points, bucket, heightPx = 200, loading, empty, onSelect } = props;
  const ready = useIsHydrated() && !loading;
  const succeeded = points.reduce((sum, point) => sum + point.succeeded, 0);
  const failed = points.reduce((sum, point) => sum + point.failed, 0);
  const data = points.map((point) => ({ ...point, at: Date.parse(point.at) }));
  const spanMs = (data.at(-1)?.at ?? 0) - (data[0]?.at ?? 0);
  const select = (at: number) => onSelect?.({ since: new Date(at), until: new Date(at + bucketMs[bucket]) });

  if (ready && succeeded + failed === 0) {
    return <ChartEmpty heightPx={heightPx + 24}>{empty ?? `No ${noun} in this time.`}</ChartEmpty>;
  }
  return (
    <ChartFrame
      summary={describe(noun, points, bucket, succeeded, failed)}
      heightPx={heightPx}
      legend={
        <ChartLegend
          entries={[
            { ...success, value: ready ? count(succeeded) : "" },
            { ...failure, value: ready ? count(failed) : "" },
          ]}
        />
      }
    >
      {!ready ? (
        <SkeletonChart heightPx={heightPx} />
      ) : (
        <ResponsiveContainer width="100%" height="100%">
          <BarChart
            data={data}
            margin={chartMargin}
            barCategoryGap={data.length > 60 ? "10%" : "22%"}
            aria-label={`Per ${bucket}: the arrow keys go through them${onSelect ? ", Enter opens one" : ""}`}
          >
            <ChartKeys describe={(at) => describeBar(data, at, bucket)} onEnter={onSelect && select} />
            <CartesianGrid {...gridStyle} />
            <XAxis
              dataKey="at"
              height={22}
              {...axisStyle}
              {...timeTicks(data, bucket, spanMs)}
              tickFormatter={(at: number) => formatTick(at, bucket, spanMs)}
            />
            <YAxis
              {...axisStyle}
              width={valueAxisWidthPx}
              allowDecimals={false}
              tickFormatter={compactCount}
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ fill: "var(--hover)" }}
              content={({ active, payload }) => {
                const bar = payload[0]?.payload as (typeof data)[number] | undefined;
                if (!active || !bar) return null;
                const entries = [
                  { ...success, value: count(bar.succeeded) },
                  { ...failure, value: count(bar.failed) },
                ];
                return <ChartTip title={formatBucket(bar.at, bucket)} entries={entries} />;
              }}
            />
            <Bar
              dataKey="succeeded"
              stackId="all"
              isAnimationActive={false}
              {...barLook(success.color, onSelect && select)}
            />
            {/* A single failure among thousands is seen. By the index: recharts hands over the height of the stack. */}
            <Bar
              dataKey="failed"
              stackId="all"
              minPointSize={(_, index) => (data[index]?.failed ? 2 : 0)}
              isAnimationActive={false}
              {...barLook(failure.color, onSelect && select)}
            />
          </BarChart>
        </ResponsiveContainer>
      )}
    </ChartFrame>
  );
}

function describeBar(
  data: readonly (Omit<TimeBar, "at"> & { at: number })[],
  at: number,
  bucket: ChartBucket,
) {
  const bar = data.find((each) => each.at === at);
  return bar
    ? `${formatBucket(at, bucket)}: ${count(bar.succeeded)} succeeded, ${count(bar.failed)} failed`
    : "";
}

function barLook(color: string, select: ((at: number) => void) | undefined) {
  return {
    fill: color,
    maxBarSize: 28,
    ...(select && {
      cursor: "pointer",
      onClick: (bar: { payload?: { at: number } }) => bar.payload && select(bar.payload.at),
    }),
  };
}

function describe(
  noun: string,
  points: readonly TimeBar[],
  bucket: ChartBucket,
  succeeded: number,
  failed: number,
) {
  const worst = points.reduce<TimeBar | null>(
    (most, each) => (each.failed > (most?.failed ?? 0) ? each : most),
    null,
  );
  const sums = `${count(succeeded)} ${noun} succeeded and ${count(failed)} failed in ${points.length} ${bucket}s.`;
  return worst ? `${sums} Most failures: ${count(worst.failed)} in the ${bucket} from ${worst.at}.` : sums;
}
