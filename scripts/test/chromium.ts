import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

/**
 * CHROMIUM_PATH, one that the system has, or Playwright's own; else Debian's, installed when we may (root, apt-get).
 * Playwright's download is not tried: it comes from outside the package registries.
 */
export async function findOrInstallChromium(): Promise<string | null> {
  const found = findChromium();
  if (found !== null || process.getuid?.() !== 0) return found;
  console.log("  Installing Chromium (apt-get)");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update"], ["install", "--yes", "--no-install-recommends", "chromium"]]) {
    const { status, stderr } = spawnSync("apt-get", args, { env, encoding: "utf8", timeout: 10 * 60_000 });
    if (status !== 0) console.error(`  apt-get ${args[0]}: ${(stderr ?? "not available").trim()}`);
  }
  return findChromium();
}

function findChromium(): string | null {
  const given = process.env.CHROMIUM_PATH;
  const folders = (process.env.PATH ?? "").split(":");
  const programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const candidates = [
    ...(given ? [given] : []),
    ...["/usr/bin", ...folders].flatMap((folder) => programs.map((program) => `${folder}/${program}`)),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    chromium.executablePath(),
  ];
  return candidates.find((path) => existsSync(path)) ?? null;
}
