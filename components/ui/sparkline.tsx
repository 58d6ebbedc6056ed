type SparkBarsProps = {
  /** Oldest first. `ok` and `failed` are stacked. */
  points: readonly { ok: number; failed: number }[];
  /** In words: "24 hours: 312 delivered, 4 failed". */
  label: string;
  width?: number;
  height?: number;
};

/** A tiny stacked bar chart for a row: success below, failure above; an empty hour is a grey foot. Units are pixels. */
export function SparkBars({ points, label, width = 96, height = 20 }: SparkBarsProps) {
  const max = Math.max(1, ...points.map((point) => point.ok + point.failed));
  const step = width / Math.max(1, points.length);
  const barWidth = Math.max(1, step - 1);
  return (
    <svg role="img" aria-label={label} width={width} height={height} className="block">
      {points.map(({ ok, failed }, index) => {
        const x = index * step;
        if (ok + failed === 0)
          return (
            <rect key={index} x={x} y={height - 1} width={barWidth} height={1} className="fill-line-strong" />
          );
        // A single failure among thousands must still be seen.
        const failedHeight = failed > 0 ? Math.max(2, (failed / max) * height) : 0;
        const okHeight = ok > 0 ? Math.min(Math.max(1, (ok / max) * height), height - failedHeight) : 0;
        return (
          <g key={index}>
            <rect x={x} y={height - okHeight} width={barWidth} height={okHeight} className="fill-success" />
            <rect
              x={x}
              y={height - okHeight - failedHeight}
              width={barWidth}
              height={failedHeight}
              className="fill-danger"
            />
          </g>
        );
      })}
    </svg>
  );
}

type SparklineProps = { values: readonly (number | null)[]; label: string; width?: number; height?: number };

/** A tiny line, oldest first; null leaves a gap. */
export function Sparkline({ values, label, width = 96, height = 20 }: SparklineProps) {
  return (
    <svg role="img" aria-label={label} width={width} height={height} className="block overflow-visible">
      <path
        d={pathOf(values, width, height)}
        fill="none"
        strokeWidth={1.5}
        strokeLinejoin="round"
        strokeLinecap="round"
        className="stroke-accent"
      />
    </svg>
  );
}

function pathOf(values: readonly (number | null)[], width: number, height: number): string {
  const max = Math.max(1, ...values.filter((value) => value !== null));
  const step = width / Math.max(1, values.length - 1);
  return values
    .map((value, index) => {
      if (value === null) return "";
      // The pen is lifted after a gap.
      const pen = (values[index - 1] ?? null) === null ? "M" : "L";
      return `${pen}${(index * step).toFixed(1)} ${(height - 1 - (value / max) * (height - 2)).toFixed(1)}`;
    })
    .join("");
}
