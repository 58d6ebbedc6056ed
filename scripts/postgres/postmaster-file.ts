import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { commandLineOf, isAlive } from "../processes.mjs";

/** What a running PostgreSQL says of itself in `postmaster.pid` (its source: src/include/utils/pidfile.h). */
export interface Postmaster {
  pid: number;
  socketFolder: string;
  status: string;
}

/** Null when the file is missing, or still being written. */
export async function readPostmasterFile(clusterFolder: string): Promise<Postmaster | null> {
  const text = await readFile(join(clusterFolder, "postmaster.pid"), "utf8").catch(() => null);
  const lines = text?.split("\n") ?? [];
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return { pid, socketFolder: lines[4]?.trim() ?? "", status: lines[7]?.trim() ?? "" };
}

/**
 * Whether `pid` is a PostgreSQL of exactly this folder. After a crash or a reboot the number may belong to any
 * program, one of ours included, and PostgreSQL itself would refuse to start beside it.
 */
export async function isPostmasterOf(pid: number, clusterFolder: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const commandLine = await commandLineOf(pid);
  return (
    commandLine !== null && commandLine.includes("postgres") && commandLine.includes(` -D ${clusterFolder} `)
  );
}
