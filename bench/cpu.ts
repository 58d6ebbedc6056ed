import { readFileSync, readdirSync } from "node:fs";

/** Linux counts process times in this many ticks per second (sysconf(_SC_CLK_TCK)), on every common platform. */
const ticksPerSecond = 100;

interface ProcessTimes {
  parent: number;
  /** Own and waited-for children's CPU seconds. */
  seconds: number;
}

function readTimes(pid: string): ProcessTimes | null {
  try {
    // The command's name may hold anything but ends at the last bracket; fields are counted from there (proc(5)).
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index] ?? 0), 0);
    return { parent: Number(fields[1]), seconds: ticks / ticksPerSecond };
  } catch {
    return null;
  }
}

/** CPU seconds of a process and all its descendants, ended ones included as far as they were waited for. */
export function treeCpuSeconds(rootPid: number): number {
  const all = new Map<number, ProcessTimes>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const times = readTimes(name);
    if (times) all.set(Number(name), times);
  }
  let seconds = 0;
  for (const [pid, times] of all) {
    let ancestor = pid;
    while (ancestor !== rootPid && ancestor > 1) ancestor = all.get(ancestor)?.parent ?? 0;
    if (ancestor === rootPid) seconds += times.seconds;
  }
  return seconds;
}

/** CPU seconds of this process. */
export function ownCpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
