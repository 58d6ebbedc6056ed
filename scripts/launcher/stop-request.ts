import { birthOf, commandLineOf, parentOf } from "../processes.mjs";

export interface StopRequest {
  /** Aborted at the first request to stop. */
  readonly signal: AbortSignal;
  readonly requested: Promise<void>;
}

const impatientAfterMs = 1_000;

/**
 * A signal, or the death of the npm that started us (npm that is killed with -9 tells nobody). The terminal and npm
 * often send the same signal at once, so repeats within a second are one request; a later one means "now": `onForce`.
 */
export function stopRequest(onForce: () => void): StopRequest {
  const controller = new AbortController();
  let requestedAt: number | null = null;
  const request = () => {
    requestedAt ??= performance.now();
    controller.abort();
  };
  for (const name of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    process.on(name, () => {
      if (requestedAt !== null && performance.now() - requestedAt > impatientAfterMs) onForce();
      request();
    });
  }
  void watchStarters(request);
  const requested = new Promise<void>((done) => controller.signal.addEventListener("abort", () => done()));
  return { signal: controller.signal, requested };
}

/** Looks twice a second whether every process between us and npm, npm included, is still the same one. */
async function watchStarters(onGone: () => void): Promise<void> {
  const starters = await findStarters();
  if (starters.length === 0) return;
  const timer = setInterval(() => {
    void Promise.all(starters.map(({ pid }) => birthOf(pid))).then((births) => {
      if (births.every((birth, index) => birth === starters[index]?.birth)) return;
      clearInterval(timer);
      onGone();
    });
  }, 500);
  timer.unref();
}

async function findStarters(): Promise<{ pid: number; birth: string | null }[]> {
  const found: { pid: number; birth: string | null }[] = [];
  let pid: number | null = process.ppid;
  for (let generation = 0; pid !== null && pid > 0 && generation < 4; generation += 1) {
    found.push({ pid, birth: await birthOf(pid) });
    if (/(^|[\s/])(npm|pnpm|yarn)(\s|-cli|$)/.test((await commandLineOf(pid)) ?? "")) return found;
    pid = await parentOf(pid);
  }
  // Not under npm: a shell may end and leave us running on purpose. Our own first stage may not.
  const bootstrap = Number(process.env.POSTHORN_BOOTSTRAP_PID);
  return bootstrap === process.ppid ? found.slice(0, 1) : [];
}
