import { spawnSync } from "node:child_process";

/**
 * Installs packages of Debian (or its children) when we may: as root, with apt-get. Says on the console what kept it
 * from doing so; the caller looks whether what it needs is there now.
 */
export function installDebianPackages(names: readonly string[]): void {
  if (process.getuid?.() !== 0) return;
  console.log(`  Installing ${names.join(", ")} (apt-get)`);
  // Runlevel 1: what comes with a service of its own must not start it.
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  for (const args of [["update"], ["install", "--yes", "--no-install-recommends", ...names]]) {
    const { status, stderr } = spawnSync("apt-get", args, { env, encoding: "utf8", timeout: 10 * 60_000 });
    if (status !== 0) console.error(`  apt-get ${args[0]}: ${(stderr ?? "not available").trim()}`);
  }
}
