// Configuration, contract section 2. The launcher (plain Node, no bundler, no aliases) and the server read this one
// schema, so imports here are relative with their extension.
import { z } from "zod";
import { parseDuration } from "../format/duration.ts";
import { parseCidrList } from "./cidr-list.ts";

export type EnvironmentSource = Readonly<Record<string, string | undefined>>;

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const wholeNumber = (smallest: number, largest: number) =>
  z
    .string()
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= smallest && Number(text) <= largest, {
      error: `must be a whole number from ${smallest} to ${largest}`,
    })
    .transform(Number);

const durationForm = "a duration like 500ms, 30s, 15m, 4h or 7d";

const duration = (smallestMs: number, largestMs: number, range: string) =>
  z.string().transform((text, context) => {
    const durationMs = parseDuration(text);
    if (durationMs === null) return refuse(context, `must be ${durationForm}`);
    if (durationMs < smallestMs || durationMs > largestMs) return refuse(context, `must be ${range}`);
    return durationMs;
  });

const retrySchedule = z.string().transform((text, context) => {
  const waits = text.split(",").map(parseDuration);
  if (waits.length > 10) return refuse(context, "must have at most 10 waits");
  const wrong = waits.findIndex((wait) => wait === null || wait > 7 * dayMs);
  if (wrong >= 0) return refuse(context, `wait ${wrong + 1} must be ${durationForm}, at most 7d`);
  return waits.filter((wait) => wait !== null);
});

const flag = z
  .string()
  .refine((text) => /^(true|false|1|0|yes|no)$/i.test(text), { error: "must be true or false" })
  .transform((text) => /^(true|1|yes)$/i.test(text));

/** One of a few words, in any case, like what the API takes. */
const wordOf = <const Words extends readonly [string, ...string[]]>(words: Words, expected: string) =>
  z
    .string()
    .transform((text) => text.toLowerCase())
    .pipe(z.enum(words, { error: `must be ${expected}` }));

const cidrs = z.string().transform((text, context) => {
  const list = parseCidrList(text);
  if (list.problem !== null) return refuse(context, list.problem);
  return list.cidrs;
});

const urlOf = (protocols: readonly string[], example: string) =>
  z.string().refine((text) => protocols.includes(URL.parse(text)?.protocol ?? ""), {
    error: `must be a URL like ${example}`,
  });

/** More would mean that a rotation was never finished. */
const encryptionKeysMax = 5;

/** Base64 (or its URL-safe alphabet) of exactly 32 bytes, an AES-256 key; or several: the first one encrypts. */
const encryptionKeys = z.string().transform((text, context) => {
  const keys = text.split(",").map((part) => toKey(part.trim()));
  if (keys.length > encryptionKeysMax) return refuse(context, `must have at most ${encryptionKeysMax} keys`);
  const wrong = keys.indexOf(null);
  const what = keys.length > 1 ? `key ${wrong + 1} must be` : "must be";
  if (wrong >= 0) return refuse(context, `${what} the base64 of exactly 32 bytes (openssl rand -base64 32)`);
  return keys.filter((key) => key !== null);
});

function toKey(text: string): Buffer | null {
  const key = Buffer.from(text, "base64");
  return /^[A-Za-z0-9+/_-]{42,43}={0,2}$/.test(text) && key.length === 32 ? key : null;
}

/** Those of the logger (pino). */
const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

const fields = {
  PORT: wholeNumber(1, 65_535).default(3000),
  POSTHORN_LISTEN_ADDRESS: z
    .union([z.ipv4(), z.ipv6()], { error: "must be an IP address, like 127.0.0.1" })
    .optional(),
  DATABASE_URL: urlOf(["postgres:", "postgresql:"], "postgresql://user:password@host:5432/name").optional(),
  POSTHORN_DATA_DIR: z.string().default(".posthorn"),
  POSTHORN_URL: urlOf(["http:", "https:"], "https://webhooks.example.com")
    .transform((text) => text.replace(/\/+$/, ""))
    .optional(),
  NEXTAUTH_SECRET: z
    .string()
    .min(16, "must have at least 16 characters (openssl rand -base64 32)")
    .optional(),
  POSTHORN_ENCRYPTION_KEY: encryptionKeys.optional(),
  POSTHORN_ROLE: wordOf(["all", "web", "worker"], "all, web or worker").default("all"),
  POSTHORN_WORKER_TOKEN: z.string().optional(),
  POSTHORN_METRICS_TOKEN: z.string().optional(),
  POSTHORN_API_RATE_LIMIT: wholeNumber(0, 1_000_000).default(3_000),
  POSTHORN_WORKER_CONCURRENCY: wholeNumber(1, 10_000).default(64),
  POSTHORN_ENDPOINT_CONCURRENCY: wholeNumber(1, 1_000).default(8),
  POSTHORN_RETRY_SCHEDULE: retrySchedule.default([minuteMs, 15 * minuteMs, 2 * hourMs]),
  POSTHORN_REQUEST_TIMEOUT: duration(10, minuteMs, "from 10ms to 1m").default(10 * secondMs),
  POSTHORN_VALIDATION_RETRY_EVERY: duration(100, 7 * dayMs, "from 100ms to 7d").default(4 * hourMs),
  POSTHORN_VALIDATION_WINDOW: duration(100, 30 * dayMs, "from 100ms to 30d").default(dayMs),
  POSTHORN_PROBATION_AFTER: duration(100, 365 * dayMs, "from 100ms to 365d").default(dayMs),
  POSTHORN_DISABLE_AFTER: duration(100, 365 * dayMs, "from 100ms to 365d").default(3 * dayMs),
  POSTHORN_RETENTION: duration(minuteMs, 365 * dayMs, "from 1m to 365d").default(7 * dayMs),
  POSTHORN_EGRESS_ALLOW: cidrs.optional(),
  POSTHORN_REQUIRE_HTTPS: flag.optional(),
  POSTHORN_TRUSTED_PROXIES: cidrs.default(["127.0.0.0/8", "::1/128"]),
  SMTP_URL: urlOf(["smtp:", "smtps:"], "smtps://user:password@mail.example.com").optional(),
  MAIL_FROM: z.string().regex(/@/, "must be an e-mail address").optional(),
  POSTHORN_GITHUB_CLIENT_ID: z.string().optional(),
  POSTHORN_GITHUB_CLIENT_SECRET: z.string().optional(),
  POSTHORN_GOOGLE_CLIENT_ID: z.string().optional(),
  POSTHORN_GOOGLE_CLIENT_SECRET: z.string().optional(),
  POSTHORN_OIDC_ISSUER: urlOf(["http:", "https:"], "https://login.example.com")
    .transform((text) => text.replace(/\/+$/, ""))
    .optional(),
  POSTHORN_OIDC_CLIENT_ID: z.string().optional(),
  POSTHORN_OIDC_CLIENT_SECRET: z.string().optional(),
  POSTHORN_OIDC_NAME: z.string().trim().min(1, "must not be blank").max(50).optional(),
  POSTHORN_BOOTSTRAP_EMAIL: z
    .string()
    .regex(/^[^\s@]+@[^\s@]+$/, "must be an e-mail address")
    .optional(),
  POSTHORN_BOOTSTRAP_PASSWORD: z.string().optional(),
  POSTHORN_BOOTSTRAP_ORGANIZATION: z.string().trim().min(1, "must not be blank").max(200).optional(),
  POSTHORN_BOOTSTRAP_API_KEY: z
    .string()
    .regex(/^phk_[\x21-\x7e]{1,200}$/, "must be phk_ followed by letters and digits, without spaces")
    .optional(),
  LOG_LEVEL: wordOf(logLevels, `one of ${logLevels.join(", ")}`).default("info"),
};

export const environmentVariableNames = Object.keys(fields) as (keyof typeof fields)[];

const bootstrapNames = [
  "POSTHORN_BOOTSTRAP_EMAIL",
  "POSTHORN_BOOTSTRAP_PASSWORD",
  "POSTHORN_BOOTSTRAP_ORGANIZATION",
  "POSTHORN_BOOTSTRAP_API_KEY",
] as const;

/** What is only of use together. */
const providerNames = [
  ["POSTHORN_GITHUB_CLIENT_ID", "POSTHORN_GITHUB_CLIENT_SECRET"],
  ["POSTHORN_GOOGLE_CLIENT_ID", "POSTHORN_GOOGLE_CLIENT_SECRET"],
  ["POSTHORN_OIDC_ISSUER", "POSTHORN_OIDC_CLIENT_ID", "POSTHORN_OIDC_CLIENT_SECRET"],
] as const;

const networkLists: readonly Name[] = ["POSTHORN_EGRESS_ALLOW", "POSTHORN_TRUSTED_PROXIES"];

type Variables = z.output<z.ZodObject<typeof fields>>;
type Name = keyof Variables;

/** Every configured value. Durations in milliseconds; what only `DATABASE_URL` makes necessary may be null. */
export type Configuration = ReturnType<typeof toConfiguration>;

/**
 * Reads the whole environment at once. Problems name the variable and what it must be, never its value, because
 * this text ends in terminals and log files. An empty variable counts as unset, except in a list of
 * networks, where empty means none of them instead of the default.
 */
export function parseEnvironment(
  source: EnvironmentSource,
): { ok: true; configuration: Configuration } | { ok: false; problems: string[] } {
  const given: Record<string, string> = {};
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const name of environmentVariableNames) {
    const text = source[name];
    if (text !== undefined && (text !== "" || networkLists.includes(name))) given[name] = text;
    const result = fields[name].safeParse(given[name]);
    if (result.success) values[name] = result.data;
    else problems.push(...result.error.issues.map((issue) => `${name} ${issue.message}`));
  }
  problems.push(...problemsBetween(given, values as Partial<Variables>));
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, configuration: toConfiguration(values as Variables) };
}

/** What no single variable can know. Skips comparisons whose parts are already known to be wrong. */
function problemsBetween(given: Readonly<Record<string, string>>, values: Partial<Variables>): string[] {
  const problems: string[] = [];
  const requireBeside = (names: readonly Name[], reason: string) => {
    for (const name of names) if (given[name] === undefined) problems.push(`${name} is required ${reason}`);
  };
  if (given.DATABASE_URL !== undefined) {
    requireBeside(["NEXTAUTH_SECRET", "POSTHORN_ENCRYPTION_KEY"], "when DATABASE_URL is set");
  }
  if (bootstrapNames.some((name) => given[name] !== undefined)) {
    requireBeside(bootstrapNames, "when any POSTHORN_BOOTSTRAP_ variable is set");
  }
  for (const names of providerNames) {
    const first = names.find((name) => given[name] !== undefined);
    if (first) requireBeside(names, `when ${first} is set`);
  }
  if (given.SMTP_URL !== undefined) requireBeside(["MAIL_FROM"], "when SMTP_URL is set");
  const { POSTHORN_PROBATION_AFTER: probation, POSTHORN_DISABLE_AFTER: disable } = values;
  if (probation !== undefined && disable !== undefined && probation >= disable) {
    problems.push("POSTHORN_DISABLE_AFTER must be longer than POSTHORN_PROBATION_AFTER");
  }
  return problems;
}

function toConfiguration(values: Variables) {
  const embedded = values.DATABASE_URL === undefined;
  return {
    port: values.PORT,
    /** Null: every address of the machine. */
    listenAddress: values.POSTHORN_LISTEN_ADDRESS ?? null,
    /** Null: the launcher provides the embedded PostgreSQL in `dataDir`. */
    databaseUrl: values.DATABASE_URL ?? null,
    dataDir: values.POSTHORN_DATA_DIR,
    /** Public base URL without a trailing slash. */
    url: values.POSTHORN_URL ?? `http://localhost:${values.PORT}`,
    sessionSecret: values.NEXTAUTH_SECRET ?? null,
    /** Of 32 bytes each; the first one encrypts, all of them decrypt. Null: the launcher provides the generated one. */
    encryptionKeys: (values.POSTHORN_ENCRYPTION_KEY as readonly Buffer[] | undefined) ?? null,
    role: values.POSTHORN_ROLE,
    workerToken: values.POSTHORN_WORKER_TOKEN ?? null,
    metricsToken: values.POSTHORN_METRICS_TOKEN ?? null,
    /** Requests per second and API key, over all processes; 0: no limit. */
    apiRateLimit: values.POSTHORN_API_RATE_LIMIT,
    workerConcurrency: values.POSTHORN_WORKER_CONCURRENCY,
    endpointConcurrency: values.POSTHORN_ENDPOINT_CONCURRENCY,
    /** Waits before retries 1, 2, 3, ... */
    retryScheduleMs: values.POSTHORN_RETRY_SCHEDULE as readonly number[],
    requestTimeoutMs: values.POSTHORN_REQUEST_TIMEOUT,
    validationRetryEveryMs: values.POSTHORN_VALIDATION_RETRY_EVERY,
    validationWindowMs: values.POSTHORN_VALIDATION_WINDOW,
    probationAfterMs: values.POSTHORN_PROBATION_AFTER,
    disableAfterMs: values.POSTHORN_DISABLE_AFTER,
    retentionMs: values.POSTHORN_RETENTION,
    /** CIDR texts such as `127.0.0.0/8`. */
    egressAllow: values.POSTHORN_EGRESS_ALLOW ?? (embedded ? embeddedEgressAllow : []),
    /** Whose `X-Forwarded-For` counts, as CIDR texts. */
    trustedProxies: values.POSTHORN_TRUSTED_PROXIES,
    requireHttps: values.POSTHORN_REQUIRE_HTTPS ?? !embedded,
    smtpUrl: values.SMTP_URL ?? null,
    mailFrom: values.MAIL_FROM ?? null,
    signInProviders: toProviders(values),
    bootstrap: toBootstrap(values),
    logLevel: values.LOG_LEVEL,
  };
}

/** On one's own machine the first receiver is a local one. */
const embeddedEgressAllow: readonly string[] = ["127.0.0.0/8", "::1/128"];

function toBootstrap(values: Variables) {
  const email = values.POSTHORN_BOOTSTRAP_EMAIL;
  const password = values.POSTHORN_BOOTSTRAP_PASSWORD;
  const organization = values.POSTHORN_BOOTSTRAP_ORGANIZATION;
  const apiKey = values.POSTHORN_BOOTSTRAP_API_KEY;
  if (!email || !password || !organization || !apiKey) return null;
  return { email, password, organization, apiKey };
}

/** Ways to sign in beside the password. The id is part of the URL that the provider sends people back to. */
type ConfiguredProvider = { name: string; clientId: string; clientSecret: string } & (
  { id: "github" } | { id: "google" } | { id: "oidc"; issuer: string }
);

function toProviders(values: Variables): ConfiguredProvider[] {
  const providers: ConfiguredProvider[] = [];
  const { POSTHORN_GITHUB_CLIENT_ID: githubId, POSTHORN_GITHUB_CLIENT_SECRET: githubSecret } = values;
  if (githubId && githubSecret) {
    providers.push({ id: "github", name: "GitHub", clientId: githubId, clientSecret: githubSecret });
  }
  const { POSTHORN_GOOGLE_CLIENT_ID: googleId, POSTHORN_GOOGLE_CLIENT_SECRET: googleSecret } = values;
  if (googleId && googleSecret) {
    providers.push({ id: "google", name: "Google", clientId: googleId, clientSecret: googleSecret });
  }
  const { POSTHORN_OIDC_ISSUER: issuer, POSTHORN_OIDC_CLIENT_ID: clientId } = values;
  const { POSTHORN_OIDC_CLIENT_SECRET: clientSecret, POSTHORN_OIDC_NAME: name = "single sign-on" } = values;
  if (issuer && clientId && clientSecret)
    providers.push({ id: "oidc", name, issuer, clientId, clientSecret });
  return providers;
}

function refuse(context: z.RefinementCtx, message: string): never {
  context.addIssue(message);
  return z.NEVER;
}
