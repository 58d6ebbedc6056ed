import "server-only";
import { setAuthOrigin } from "./auth/auth-options";
import { bootstrap } from "./bootstrap";
import { DeliveryService } from "./delivery/delivery-service";
import { keepPartitions } from "./delivery/housekeeping";
import { parseCidr } from "@/lib/domain/address-policy";
import { getDeps, type Deps } from "./deps";
import { guardFrontDoor } from "./http/front-door";
import { shutDownWith } from "./process/shutdown";
import { startOrEnd } from "./process/start-or-end";

/** How long requests in flight may take to end after the signal. */
const graceMs = 15_000;

/** Makes this process a part of the instance: once, before it accepts requests. It ends when it cannot be one. */
export async function startProcess(): Promise<void> {
  await startOrEnd(() => becomePart(getDeps()));
}

async function becomePart(deps: Deps): Promise<void> {
  shutDownInOrder(deps);
  guardFrontDoor(deps.env.trustedProxies.map(parseCidr).filter((cidr) => cidr !== null));
  setAuthOrigin(deps.env);
  await keepPartitions(deps);
  const setupLink = await bootstrap(deps);
  if (setupLink) process.stdout.write(`Create the first admin (the link works once): ${setupLink}\n`);
  if (deps.env.role === "web") return;
  const service = new DeliveryService(deps, deps.env.databaseUrl);
  deps.service = service;
  await service.start();
}

function shutDownInOrder(deps: Deps): void {
  shutDownWith({
    finish: async () => deps.service?.stop(graceMs),
    close: async () => {
      deps.outbound.destroy();
      await deps.prisma.$disconnect();
      await deps.pool.end();
    },
    // What could not be recorded is returned to the queue by its lease.
    onTrouble: (error) => deps.log.error({ err: error }, "the process ended with something left to do"),
  });
}
