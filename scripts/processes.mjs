// Plain JavaScript, because the first start runs on whatever Node.js the machine has, before dependencies exist.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";

const execute = promisify(execFile);

/**
 * Whether a process of this id exists, whoever owns it. True for a zombie, too: see `birthOf`.
 * @param {number} pid
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/**
 * The command line of a process, or null when it is gone.
 * @param {number} pid
 * @returns {Promise<string | null>}
 */
export async function commandLineOf(pid) {
  if (process.platform === "linux") {
    const text = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    return text === "" ? null : text.replaceAll("\0", " ").trim(); // empty: a zombie, or gone
  }
  return ps(pid, "command=");
}

/**
 * Text that two processes of the same id never share: when it started. Null when it is gone or a zombie. A process
 * id alone is no proof, because ids are reused, soonest of all in a fresh container.
 * @param {number} pid
 * @returns {Promise<string | null>}
 */
export async function birthOf(pid) {
  if (process.platform !== "linux") return ps(pid, "lstart=");
  const fields = await statusFields(pid);
  return fields && fields[0] !== "Z" ? (fields[19] ?? null) : null; // starttime
}

/**
 * @param {number} pid
 * @returns {Promise<number | null>} null when it is gone
 */
export async function parentOf(pid) {
  const text = process.platform === "linux" ? (await statusFields(pid))?.[1] : await ps(pid, "ppid=");
  return text ? Number(text) : null;
}

/**
 * Sends a signal; false when the process is already gone.
 * @param {number} pid
 * @param {NodeJS.Signals} name
 */
export function signal(pid, name) {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}

/**
 * Asks `done` every `everyMs` until it is true or `timeoutMs` have passed; says which.
 * @param {() => boolean | Promise<boolean>} done
 * @param {number} timeoutMs
 */
export async function waitUntil(done, timeoutMs, everyMs = 25) {
  const endsAt = performance.now() + timeoutMs;
  for (;;) {
    if (await done()) return true;
    if (performance.now() >= endsAt) return false;
    await delay(everyMs);
  }
}

/**
 * Waits until no process of this id is left (its zombie does not count).
 * @param {number} pid
 * @param {number} timeoutMs
 */
export async function waitUntilGone(pid, timeoutMs, everyMs = 25) {
  return waitUntil(async () => !isAlive(pid) || (await birthOf(pid)) === null, timeoutMs, everyMs);
}

/**
 * The fields of /proc/PID/stat after the parenthesized name, which may itself hold spaces and parentheses: state,
 * ppid, ... (proc_pid_stat(5), from field 3 on).
 * @param {number} pid
 */
async function statusFields(pid) {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  return text === null ? null : text.slice(text.lastIndexOf(")") + 2).split(" ");
}

/**
 * @param {number} pid
 * @param {string} column
 */
async function ps(pid, column) {
  const result = await execute("ps", ["-ww", "-o", column, "-p", String(pid)]).catch(() => null);
  return result?.stdout.trim() || null;
}
