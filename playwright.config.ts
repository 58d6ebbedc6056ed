import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

/** `npm test` finds or installs one and names it; a run by hand uses the system's. */
const executablePath = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/google-chrome"].find(
  (path) => path !== undefined && existsSync(path),
);

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/fixtures/shared-instance.ts",
  outputDir: "test-results",
  // The instance, its PostgreSQL, the receivers and Chromium share the machine with the tests.
  workers: 1,
  fullyParallel: false,
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
