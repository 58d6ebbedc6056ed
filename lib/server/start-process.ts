import "server-only";
import { setAuthOrigin } from "./auth/auth-options";
import { bootstrap } from "./bootstrap";
import { DeliveryService } from "./delivery/delivery-service";
import { keepPartitions } from "./delivery/housekeeping";
import { getDeps, type Deps } from "./deps";

/** How long requests in flight may take to end after the signal. */
const graceMs = 15_000;

/** Makes this process a part of the instance: once, before it accepts requests. Throws when it cannot be one. */
export async function startProcess(): Promise<void> {
  const deps = getDeps();
  endOnSignal(deps);
  setAuthOrigin(deps.env);
  await keepPartitions(deps);
  const setupLink = await bootstrap(deps);
  if (setupLink) process.stdout.write(`Create the first admin (the link works once): ${setupLink}\n`);
  if (deps.env.role === "web") return;
  const service = new DeliveryService(deps, deps.env.databaseUrl);
  deps.service = service;
  await service.start();
}

/**
 * SIGTERM and SIGINT end the process in order; so does the end of the launcher, which a disconnected channel tells.
 * The launcher sets NEXT_MANUAL_SIG_HANDLE, or Next would exit without waiting for what is in flight.
 */
function endOnSignal(deps: Deps): void {
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(0), graceMs + 3_000).unref();
    void stopProcess(deps).finally(() => process.exit(0));
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  process.on("disconnect", end);
}

async function stopProcess(deps: Deps): Promise<void> {
  try {
    await deps.service?.stop(graceMs);
    deps.outbound.destroy();
    await deps.prisma.$disconnect();
    await deps.pool.end();
  } catch (error) {
    // What could not be recorded is returned to the queue by its lease.
    deps.log.error({ err: error }, "the process ended with something left to do");
  }
}
