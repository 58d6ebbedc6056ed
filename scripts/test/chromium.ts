import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { installDebianPackages } from "../debian-packages.ts";

/**
 * CHROMIUM_PATH, one that the system has, or Playwright's own; else Debian's, installed when we may (root, apt-get).
 * Playwright's download is not tried: it comes from outside the package registries.
 */
export async function findOrInstallChromium(): Promise<string | null> {
  const found = findChromium();
  if (found !== null) return found;
  await installDebianPackages(["chromium"]);
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
