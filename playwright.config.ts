import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

/** `npm test` finds or installs one and names it; a run by hand uses the system's. */
const executablePath = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/google-chrome"].find(
  (path) => path !== undefined && existsSync(path),
);

/** Their tests start what they break or configure in their own way, and touch nothing of the shared instance. */
const ownInstances = [
  ...["behind-a-proxy", "crash", "first-run", "forgotten-password", "fuzz", "hostile-receivers", "image"],
  ...["invitation", "key-rotation", "lifecycle", "limits", "npm-start", "restore", "worker-route"],
  "security/{hostile-content,oidc,secrets,sessions,tenants}",
].map((names) => `**/e2e/${names}.spec.ts`);

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/fixtures/shared-instance.ts",
  outputDir: "test-results",
  // Two at a time: while a page waits for its instance, the other's test goes on. Those that share an instance come one
  // after the other, and so do those that start some of their own, which bring a PostgreSQL and receivers each.
  workers: 2,
  fullyParallel: false,
  projects: [
    { name: "shared instance", testIgnore: ownInstances, workers: 1 },
    { name: "own instances", testMatch: ownInstances, workers: 1 },
  ],
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "UTC",
    // Recording one is half of what a test costs. `npx playwright test --trace on` records what has to be looked into.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      // As root there is no sandbox; and no request of Chromium's own leaves the machine.
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-sync",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
      ],
    },
  },
});
