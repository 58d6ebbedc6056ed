import { readFileSync } from "node:fs";
import pg from "pg";
import { parseEnvironment, type Configuration } from "@/lib/schemas/environment";
import { findDemoPort } from "@/lib/server/db/demo";
import { poolSql } from "@/lib/server/db/sql";
import { seedDemo, type Seeded } from "@/lib/server/demo/seed-demo";
import { createSealer } from "@/lib/server/sealing";
import { DemoApi } from "./api.ts";
import { publishUntil } from "./live-traffic.ts";
import { startReceivers } from "./receivers.ts";

/** What the launcher hands over; without it there is no demo instance to fill. */
interface DemoSettings {
  configuration: Configuration & { databaseUrl: string; encryptionKeys: readonly Buffer[] };
  email: string;
  password: string;
  apiKey: string;
}

export async function runDemo(): Promise<void> {
  const stop = new AbortController();
  const end = () => stop.abort();
  for (const name of ["SIGTERM", "SIGINT", "disconnect"] as const) process.once(name, end);
  const settings = readSettings();
  const { receivers, seeded } = await prepare(settings);
  const api = new DemoApi(settings.configuration.port, settings.apiKey);
  try {
    if (seeded) await connectInbox(api, settings.configuration.url, seeded.inboxToken, stop.signal);
    announce(settings, receivers.port);
    await publishUntil(api, stop.signal);
  } finally {
    await receivers.close();
  }
  // The channel to the launcher would keep the process.
  process.exit(0);
}

function readSettings(): DemoSettings {
  const result = parseEnvironment(process.env);
  if (!result.ok) throw new Error(result.problems.join("; "));
  const { databaseUrl, encryptionKeys, bootstrap } = result.configuration;
  if (!databaseUrl || !encryptionKeys || !bootstrap) throw new Error("Start the demo with `npm run demo`.");
  return { configuration: { ...result.configuration, databaseUrl, encryptionKeys }, ...bootstrap };
}

/** Receivers first: endpoints that point nowhere would fail at once. */
async function prepare({ configuration, apiKey, password }: DemoSettings) {
  const pool = new pg.Pool({
    connectionString: configuration.databaseUrl,
    max: 2,
    options: "-c timezone=UTC",
  });
  try {
    const receivers = await startReceivers(await findDemoPort(poolSql(pool)));
    const startedAt = performance.now();
    const seeded = await seedDemo({
      pool,
      sealer: createSealer(configuration.encryptionKeys),
      now: new Date(),
      settings: engineSettings(configuration),
      receiverPort: receivers.port,
      publicUrl: configuration.url,
      apiKey,
      password,
    });
    if (seeded) reportSeed(seeded, performance.now() - startedAt);
    return { receivers, seeded };
  } finally {
    await pool.end();
  }
}

function engineSettings(configuration: Configuration) {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return {
    version,
    retryScheduleMs: configuration.retryScheduleMs,
    requestTimeoutMs: configuration.requestTimeoutMs,
    validation: {
      retryEveryMs: configuration.validationRetryEveryMs,
      windowMs: configuration.validationWindowMs,
    },
    chronic: {
      probationAfterMs: configuration.probationAfterMs,
      disableAfterMs: configuration.disableAfterMs,
    },
  };
}

/** An endpoint that sends to the test inbox, made and activated as a developer would. */
async function connectInbox(api: DemoApi, url: string, token: string, signal: AbortSignal): Promise<void> {
  const endpoint = { url: `${url}/in/${token}`, description: "Test inbox", eventTypes: ["orders.*"] };
  const { id } = await api.send<{ id: string }>("POST", "/endpoints", endpoint, signal);
  await api.send("PATCH", `/endpoints/${id}`, { state: "active" }, signal);
}

function reportSeed({ eventCount, attemptCount }: Seeded, tookMs: number): void {
  const seconds = (tookMs / 1000).toFixed(1);
  console.log(`- Demo: seven days made up in ${seconds} s (${eventCount} events, ${attemptCount} attempts)`);
}

function announce(
  { configuration: { url }, email, password, apiKey }: DemoSettings,
  receiverPort: number,
): void {
  console.log(`
Demo
  Sign in     ${url}/sign-in
  Admin       ${email}  ${password}
  Developer   dana@posthorn.example  ${password}
  API key     ${apiKey}

  What there is to look at
  ${url}/            a week with an outage, live traffic, and what needs attention
  ${url}/endpoints   healthy, flaky, on probation, disabled by the system, being validated
  ${url}/logs        every attempt; new ones appear by themselves
  ${url}/scheduler   meetings that were booked, moved and canceled, and a calendar to book in
  ${url}/inbox       a test inbox that can be told to fail or crawl
  Receivers listen on port ${receiverPort} of this machine.
`);
}
