// Plain JavaScript, because the first start runs on whatever Node.js the machine has.
import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Makes a folder and those above it, unless they are there. Not `mkdir` with `recursive`: where the system says that
 * nothing is there and makes nothing either, as below /proc, Node.js tries for ever and holds a whole core.
 * @param {string} folder
 * @returns {Promise<void>} throws the system's error where there can be no such folder
 */
export async function makeFolder(folder) {
  try {
    await makeOne(folder);
  } catch (error) {
    const parent = dirname(folder);
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ENOENT" || parent === folder) throw error;
    await makeFolder(parent);
    await makeOne(folder);
  }
}

/** @param {string} folder */
async function makeOne(folder) {
  try {
    await mkdir(folder);
  } catch (error) {
    const found = await stat(folder).catch(() => null);
    if (!found?.isDirectory()) throw error;
  }
}
