import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { serverNodeArgs } from "../scripts/server-node-args.mjs";
import { treeCpuSeconds } from "./cpu";
import { expectEachOnce } from "./deliver";
import { measure, type Figure } from "./measure";
import type { World } from "./world";

export type Order = "deliver" | "serve" | "stop" | "exit";

export interface WorkerProcess {
  pid: number;
  tell(order: Order): Promise<void>;
}

export async function startWorkerProcess(world: World): Promise<WorkerProcess> {
  const child: ChildProcess = fork(new URL("./worker-process.ts", import.meta.url), {
    execArgv: [...serverNodeArgs, "--conditions=react-server", "--import", "tsx"],
    env: {
      ...process.env,
      BENCH_DATABASE_URL: world.database.url,
      POSTHORN_ENCRYPTION_KEY: world.encryptionKey,
    },
  });
  await once(child, "message");
  return {
    pid: child.pid ?? 0,
    async tell(order) {
      const done = once(child, order === "exit" ? "exit" : "message");
      child.send(order);
      await done;
    },
  };
}

/** Where the receiver answers at once, and where it takes 20 ms, as one that is further away does. */
export type ReceiverPath = "/workers" | "/slow";

/**
 * `share` deliveries for each of `processes` worker processes on one database; throws when one arrives twice or not at
 * all. By the share, so that each has been running as long when it is measured, and the end, when only one of them has
 * something left, is as small a part of it.
 */
export async function workersRound(
  world: World,
  share: number,
  processes: number,
  path: ReceiverPath = "/workers",
): Promise<Figure> {
  const count = share * processes;
  const workers = await Promise.all(Array.from({ length: processes }, () => startWorkerProcess(world)));
  const all = (order: Order) => Promise.all(workers.map((worker) => worker.tell(order)));
  await world.addEndpoints(100, path);
  const deliver = async () => {
    await all("deliver");
    await world.receiver.reached(count);
    while ((await pendingCount(world)) > 0) await delay(5);
  };
  try {
    // Once unmeasured: a process has to compile what it runs.
    await world.publish(count / 100);
    await deliver();
    await all("stop");
    await world.receiver.reset();
    await world.publish(count / 100);
    await world.deps.sql("VACUUM ANALYZE delivery, event, endpoint");
    const senders = () => workers.reduce((sum, { pid }) => sum + treeCpuSeconds(pid), 0);
    const figure = await measure(world, count, deliver, senders);
    await all("stop");
    await expectEachOnce(world, count);
    return figure;
  } finally {
    await all("exit");
    await world.clear();
  }
}

async function pendingCount({ deps }: World): Promise<number> {
  const rows = await deps.sql("SELECT 1 FROM delivery WHERE state = 'pending' LIMIT 1");
  return rows.length;
}
