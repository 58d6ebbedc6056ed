import "server-only";
import type { Metric, Registry } from "prom-client";
import type { HistogramTally } from "./histogram-tally";

/** One number of a metric. */
export interface Sample {
  value: number;
  labels?: Record<string, string | number>;
  /** Where it differs from the metric's name: `..._bucket`. */
  metricName?: string;
}

interface Definition {
  name: string;
  help: string;
  type: "counter" | "gauge" | "histogram";
  /** Called at every scrape. */
  read(): readonly Sample[] | Promise<readonly Sample[]>;
}

/** A metric whose numbers are kept elsewhere and read when somebody scrapes. */
export function registerMetric(registry: Registry, { name, help, type, read }: Definition): void {
  const metric = {
    name,
    help,
    get: async () => ({ name, help, type, aggregator: "sum", values: await read() }),
  };
  // A registry asks no more of a metric than a name and `get`; its type names prom-client's own classes.
  registry.registerMetric(metric as unknown as Metric);
}

/** A histogram in Prometheus' own form. */
export function registerHistogram(
  registry: Registry,
  name: string,
  help: string,
  tally: HistogramTally,
): void {
  const read = () => {
    const { bounds, sum, count } = tally;
    const buckets = tally.cumulative().map((value, index) => ({
      value,
      labels: { le: bounds[index]! },
      metricName: `${name}_bucket`,
    }));
    return [
      ...buckets,
      { value: count, labels: { le: "+Inf" }, metricName: `${name}_bucket` },
      { value: sum, metricName: `${name}_sum` },
      { value: count, metricName: `${name}_count` },
    ];
  };
  registerMetric(registry, { name, help, type: "histogram", read });
}
