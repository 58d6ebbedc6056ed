import { execFile } from "node:child_process";
import { promisify } from "node:util";

const execute = promisify(execFile);

/**
 * Installs packages of Debian (or its children) when we may: as root, with apt-get. Says on the console what kept it
 * from doing so; the caller looks whether what it needs is there now.
 */
export async function installDebianPackages(names: readonly string[]): Promise<void> {
  if (process.getuid?.() !== 0) return;
  console.log(`  Installing ${names.join(", ")} (apt-get)`);
  // Runlevel 1: what comes with a service of its own must not start it.
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  for (const args of [["update"], ["install", "--yes", "--no-install-recommends", ...names]]) {
    try {
      await execute("apt-get", args, { env, timeout: 10 * 60_000, maxBuffer: 16 * 2 ** 20 });
    } catch (error) {
      const { stderr, message } = error as Error & { stderr?: string };
      console.error(`  apt-get ${args[0]}: ${stderr?.trim() || message}`);
    }
  }
}
