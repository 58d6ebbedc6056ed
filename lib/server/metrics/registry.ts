import "server-only";
import { collectDefaultMetrics, Registry } from "prom-client";
import type { Deps } from "@/lib/server/deps";
import { registerEngineMetrics } from "./engine-metrics";
import { registerInstanceMetrics } from "./instance-metrics";

const registries = new WeakMap<Deps, Registry>();

/** The metrics of this process and, through it, of the instance. Nothing in them names a tenant, a URL or an event. */
export function metricsRegistry(deps: Deps): Registry {
  let registry = registries.get(deps);
  if (!registry) {
    registry = new Registry();
    collectDefaultMetrics({ register: registry });
    registerEngineMetrics(registry, deps.tally);
    registerInstanceMetrics(registry, deps);
    registries.set(deps, registry);
  }
  return registry;
}
