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
