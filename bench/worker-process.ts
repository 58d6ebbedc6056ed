import { DeliveryService } from "@/lib/server/delivery/delivery-service";
import { DeliveryWorker } from "@/lib/server/delivery/worker";
import { closeTestDeps, createTestDeps } from "@/lib/server/testing/test-deps";

// A worker process of the benchmark: does what its parent says, and ends with it. `deliver`: the delivery loop alone,
// as in the parent's own rounds; `serve`: the whole service of a POSTHORN_ROLE=worker, woken by NOTIFY.
const databaseUrl = process.env["BENCH_DATABASE_URL"] ?? "";
const deps = await createTestDeps(
  databaseUrl,
  { POSTHORN_ENCRYPTION_KEY: process.env["POSTHORN_ENCRYPTION_KEY"] ?? "" },
  { poolMax: 8 },
);
let stop: () => Promise<void> = async () => undefined;

async function obey(message: unknown): Promise<void> {
  if (message === "deliver") {
    const worker = new DeliveryWorker(deps);
    worker.start();
    stop = () => worker.stop(5_000);
  }
  if (message === "serve") {
    const service = new DeliveryService(deps, databaseUrl);
    await service.start();
    stop = () => service.stop(5_000);
  }
  if (message === "stop") await stop();
  if (message === "exit") {
    await closeTestDeps(deps);
    process.exit(0);
  }
  process.send?.("done");
}

process.on("message", (message) => void obey(message));
process.on("disconnect", () => process.exit(0));
process.send?.("ready");
