import "server-only";
import { watchOpenRequests } from "./open-requests.ts";

const shutdownMsMax = 18_000;
const openRequestsMsMax = 5_000;
const launcherCheckEveryMs = 1_000;

export interface ShutdownSteps {
  /** Takes on nothing new and ends what is in flight; within 15 seconds. */
  finish(): Promise<void>;
  /** Closes what the first step and the open HTTP requests still needed, the database above all. */
  close(): Promise<void>;
  /** A step that failed, or that has not ended in time: what it left undone is recovered later by others. */
  onTrouble(error: Error): void;
}

/**
 * Ends this process well: at SIGTERM or SIGINT, or when the launcher is gone (it was killed, and a new one may
 * already be waiting for our port and our database). Open HTTP requests are answered, the steps are taken, and the
 * process exits with 0, after 18 seconds in any case. Call it once, when the process starts (instrumentation.ts).
 */
export function shutDownWith(steps: ShutdownSteps): void {
  const openRequests = watchOpenRequests();
  let begun = false;
  const begin = () => {
    if (begun) return;
    begun = true;
    const bound = new Promise<void>((_, fail) =>
      setTimeout(() => fail(new Error("the shutdown took too long")), shutdownMsMax),
    );
    const ordered = Promise.all([steps.finish(), openRequests.finish(openRequestsMsMax)]).then(() =>
      steps.close(),
    );
    void Promise.race([ordered, bound])
      .catch((error: Error) => steps.onTrouble(error))
      .finally(() => process.exit(0));
  };
  process.on("SIGTERM", begin);
  process.on("SIGINT", begin);
  // The channel closes with the launcher, however it ends.
  process.on("disconnect", begin);
  watchLauncher(begin);
}

/** In development a process of Next's stands between the launcher and this one, and its channel stays open. */
function watchLauncher(onGone: () => void): void {
  const launcher = Number(process.env.POSTHORN_LAUNCHER_PID);
  if (!launcher) return;
  const timer = setInterval(() => {
    try {
      process.kill(launcher, 0);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EPERM") return;
      clearInterval(timer);
      onGone();
    }
  }, launcherCheckEveryMs);
  timer.unref();
}
