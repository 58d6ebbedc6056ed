import { ownCpuSeconds, treeCpuSeconds } from "./cpu";
import type { World } from "./world";

export interface Figure {
  perSecond: number;
  /** CPU seconds per 1,000. */
  nodeCpu: number;
  postgresCpu: number;
}

/** Wall clock and CPU of this process and of PostgreSQL while `work` does `count` of something. */
export async function measure(world: World, count: number, work: () => Promise<void>): Promise<Figure> {
  const before = {
    at: performance.now(),
    node: ownCpuSeconds(),
    postgres: treeCpuSeconds(world.database.pid),
  };
  await work();
  const seconds = (performance.now() - before.at) / 1000;
  return {
    perSecond: count / seconds,
    nodeCpu: ((ownCpuSeconds() - before.node) / count) * 1000,
    postgresCpu: ((treeCpuSeconds(world.database.pid) - before.postgres) / count) * 1000,
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

export function medianFigure(figures: readonly Figure[]): Figure {
  const of = (name: keyof Figure) => median(figures.map((figure) => figure[name]));
  return { perSecond: of("perSecond"), nodeCpu: of("nodeCpu"), postgresCpu: of("postgresCpu") };
}
