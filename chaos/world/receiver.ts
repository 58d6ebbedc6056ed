import { fork } from "node:child_process";
import { on, once } from "node:events";

export interface Arrival {
  path: string;
  webhookId: string;
  /** Unix milliseconds, by the receiver's clock, which is the suite's. */
  atMs: number;
}

/** What arrived in a process of its own, however often. */
export interface ChaosReceiver {
  readonly origin: string;
  /** By endpoint path and `webhook-id`: when it arrived, each time. */
  readonly arrivals: ReadonlyMap<string, number[]>;
  /** From now on each answer comes after so many milliseconds. */
  answerAfter(ms: number): Promise<void>;
  /** Resolves when everything that has arrived by now is in `arrivals`. */
  sync(): Promise<void>;
  stop(): Promise<void>;
}

export const arrivalKey = (path: string, webhookId: string) => `${path} ${webhookId}`;

export async function startReceiver(): Promise<ChaosReceiver> {
  const child = fork(new URL("./receiver-child.ts", import.meta.url));
  const [{ origin }] = (await once(child, "message")) as [{ origin: string }];
  const arrivals = new Map<string, number[]>();
  child.on("message", (message: { arrivals: Arrival[] }) => {
    for (const { path, webhookId, atMs } of message.arrivals) {
      const key = arrivalKey(path, webhookId);
      const times = arrivals.get(key);
      if (times) times.push(atMs);
      else arrivals.set(key, [atMs]);
    }
  });
  let asked = 0;
  const ask = async (message: { answerAfterMs?: number }) => {
    const question = (asked += 1);
    child.send({ ...message, question });
    // Messages keep their order: what comes before this answer has been counted.
    for await (const [{ answers }] of on(child, "message")) if (answers === question) return;
  };
  return {
    origin,
    arrivals,
    answerAfter: (answerAfterMs) => ask({ answerAfterMs }),
    sync: () => ask({}),
    stop: async () => {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}
