import { readdir, readFile } from "node:fs/promises";

/** The living children of a process (Linux). */
export async function childrenOf(pid: number): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const text = await readFile(`/proc/${name}/stat`, "utf8").catch(() => null);
    // The command's name may hold anything but ends at the last bracket; state and parent follow it (proc(5)).
    const [state, parent] = text?.slice(text.lastIndexOf(")") + 2).split(" ") ?? [];
    if (state !== "Z" && Number(parent) === pid) found.push(Number(name));
  }
  return found;
}
