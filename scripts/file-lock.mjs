import { constants, copyFile, link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { makeFolder } from "./make-folder.mjs";
import { birthOf } from "./processes.mjs";

/**
 * @typedef {{ pid: number, birth: string | null }} Holder The process that holds a lock. The file may say more.
 */

/**
 * Takes the lock file, or returns its living holder. The file of a holder that is gone is a leftover and replaced:
 * `kill -9` leaves files, never a lock.
 * @template {object} T
 * @param {string} file
 * @param {T} content kept in the file beside the holder
 * @returns {Promise<null | Holder & Partial<T>>} null: taken
 */
export async function tryLock(file, content) {
  await makeFolder(dirname(file));
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, await lockText(content), { mode: 0o600 });
  try {
    for (;;) {
      if (await createFrom(draft, file)) return null;
      const found = await readFile(file, "utf8").catch(() => null);
      const holder = parseHolder(found);
      if (holder && (await isHeldBy(holder))) return /** @type {Holder & Partial<T>} */ (holder);
      await removeLeftover(file, found);
    }
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Replaces the content of a lock that this process holds, or hands it to another process.
 * @param {string} file
 * @param {object} content
 * @param {number} pid the new holder
 */
export async function rewriteLock(file, content, pid = process.pid) {
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, await lockText(content, pid), { mode: 0o600 });
  await rename(draft, file);
}

/** @param {string} file */
export async function unlock(file) {
  await rm(file, { force: true });
}

/** @param {Holder} holder */
export async function isHeldBy(holder) {
  const birth = await birthOf(holder.pid);
  return birth !== null && (holder.birth === null || birth === holder.birth);
}

/**
 * Gives `file` the content of `draft` unless it exists; says whether it did. A link makes both happen at once.
 * @param {string} draft
 * @param {string} file
 */
async function createFrom(draft, file) {
  try {
    await link(draft, file).catch((error) => {
      if (error.code === "EEXIST") throw error;
      return copyFile(draft, file, constants.COPYFILE_EXCL); // a file system without links
    });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return false;
    throw error;
  }
}

/**
 * @param {object} content
 * @param {number} pid
 */
async function lockText(content, pid = process.pid) {
  return JSON.stringify({ ...content, pid, birth: await birthOf(pid) });
}

/**
 * @param {string | null} text
 * @returns {Holder | null}
 */
export function parseHolder(text) {
  try {
    const holder = JSON.parse(text ?? "");
    return Number.isInteger(holder.pid) && holder.pid > 0 ? holder : null;
  } catch {
    return null;
  }
}

/**
 * Two starts may find the same leftover. The slower one may move away what the faster one has just taken, notices by
 * its content, and puts it back.
 * @param {string} file
 * @param {string | null} leftover
 */
async function removeLeftover(file, leftover) {
  const aside = `${file}.${process.pid}.leftover`;
  await rename(file, aside).catch(() => undefined);
  const moved = await readFile(aside, "utf8").catch(() => null);
  if (moved !== null && moved !== leftover) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}
