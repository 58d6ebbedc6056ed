import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";

export interface Received {
  /** Different deliveries (path and webhook-id) among them. */
  distinct: number;
  /** Deliveries that arrived more than once. */
  repeated: number;
}

export interface Reached {
  /** Unix milliseconds of the last arrival. */
  lastArrivalMs: number;
}

export interface ReceiverProcess {
  origin: string;
  pid: number;
  /** Goes through all that arrived: not while something is measured. */
  received(): Promise<Received>;
  /** Resolves when `count` requests have arrived; rejects after two minutes. One question at a time. */
  reached(count: number): Promise<Reached>;
  reset(): Promise<void>;
  stop(): void;
}

/** What is lost never arrives: then the benchmark ends with an error instead of never. */
const answerMsMax = 120_000;

export async function startReceiver(): Promise<ReceiverProcess> {
  const child: ChildProcess = fork(new URL("./receiver.mjs", import.meta.url), { execArgv: [] });
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  const ask = async <Answer>(message: string | { reached: number }) => {
    child.send(message);
    const signal = AbortSignal.timeout(answerMsMax);
    return ((await once(child, "message", { signal })) as [Answer])[0];
  };
  return {
    origin: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    received: () => ask("received"),
    reached: (count) => ask({ reached: count }),
    reset: async () => void (await ask("reset")),
    stop: () => void child.send("stop"),
  };
}
