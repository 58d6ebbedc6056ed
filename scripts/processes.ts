import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** Whether a process of this id exists, whoever owns it. A zombie counts as gone: it holds nothing any more. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The command line of a process, or null when it is gone. */
export async function commandLineOf(pid: number): Promise<string | null> {
  if (process.platform === "linux") {
    const text = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    return text === "" ? null : text.replaceAll("\0", " ").trim(); // empty: a zombie, or gone
  }
  const result = await execute("ps", ["-ww", "-o", "command=", "-p", String(pid)]).catch(() => null);
  return result?.stdout.trim() || null;
}

/**
 * Text that two processes of the same id never share: when it started. Null when it is gone. A process id alone is
 * no proof, because ids are reused, soonest of all in a fresh container.
 */
export async function birthOf(pid: number): Promise<string | null> {
  if (process.platform === "linux") {
    const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
    // Fields after the parenthesized name: state is the first, starttime the twentieth (proc_pid_stat(5)).
    const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
    return fields && fields[0] !== "Z" ? (fields[19] ?? null) : null;
  }
  const result = await execute("ps", ["-o", "lstart=", "-p", String(pid)]).catch(() => null);
  return result?.stdout.trim() || null;
}

/** Sends a signal; false when the process is already gone. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}

/** Asks `done` every `everyMs` until it is true or `timeoutMs` have passed; says which. */
export async function waitUntil(
  done: () => boolean | Promise<boolean>,
  timeoutMs: number,
  everyMs = 25,
): Promise<boolean> {
  const endsAt = performance.now() + timeoutMs;
  for (;;) {
    if (await done()) return true;
    if (performance.now() >= endsAt) return false;
    await delay(everyMs);
  }
}

/** Waits until no process of this id is left (its zombie does not count). */
export async function waitUntilGone(pid: number, timeoutMs: number, everyMs = 25): Promise<boolean> {
  return waitUntil(async () => !isAlive(pid) || (await birthOf(pid)) === null, timeoutMs, everyMs);
}
