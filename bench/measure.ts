import { ownCpuSeconds, treeCpuSeconds } from "./cpu";
import type { World } from "./world";

export interface Figure {
  perSecond: number;
  /** CPU seconds per 1,000. */
  nodeCpu: number;
  postgresCpu: number;
  receiverCpu: number;
}

/** CPU seconds so far of the processes that send. */
type Sender = () => number;

/** Wall clock and CPU of who sends, of PostgreSQL and of the receiver while `work` does `count` of something. */
export async function measure(
  world: World,
  count: number,
  work: () => Promise<void>,
  senderCpuSeconds: Sender = ownCpuSeconds,
): Promise<Figure> {
  const look = () => ({
    node: senderCpuSeconds(),
    postgres: treeCpuSeconds(world.database.pid),
    receiver: treeCpuSeconds(world.receiver.pid),
  });
  const before = look();
  const startedAtMs = performance.now();
  await work();
  const seconds = (performance.now() - startedAtMs) / 1000;
  const after = look();
  const perThousand = (name: keyof typeof before) => ((after[name] - before[name]) / count) * 1000;
  return {
    perSecond: count / seconds,
    nodeCpu: perThousand("node"),
    postgresCpu: perThousand("postgres"),
    receiverCpu: perThousand("receiver"),
  };
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which `share` of the values lie (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? NaN;
}

export interface Spread {
  low: number;
  median: number;
  high: number;
}

export function spread(values: readonly number[]): Spread {
  return { low: Math.min(...values), median: median(values), high: Math.max(...values) };
}

export function medianFigure(figures: readonly Figure[]): Figure {
  const of = (name: keyof Figure) => median(figures.map((figure) => figure[name]));
  return {
    perSecond: of("perSecond"),
    nodeCpu: of("nodeCpu"),
    postgresCpu: of("postgresCpu"),
    receiverCpu: of("receiverCpu"),
  };
}
