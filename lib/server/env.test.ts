import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { environmentVariableNames, parseEnvironment } from "../schemas/environment.ts";
import { EnvironmentError, loadEnv } from "./env.ts";

const key = Buffer.alloc(32, 7).toString("base64");
const external = {
  DATABASE_URL: "postgresql://posthorn:hunter2-database@db.internal:5432/posthorn",
  NEXTAUTH_SECRET: "a-session-secret-of-good-length-123",
  POSTHORN_ENCRYPTION_KEY: key,
};

function configured(source: Record<string, string>) {
  const result = parseEnvironment(source);
  if (!result.ok) throw new Error(result.problems.join("; "));
  return result.configuration;
}

function problems(source: Record<string, string>): string[] {
  const result = parseEnvironment(source);
  return result.ok ? [] : result.problems;
}

describe("defaults", () => {
  it("are those of the contract in embedded mode", () => {
    expect(configured({})).toEqual({
      port: 3000,
      listenAddress: null,
      databaseUrl: null,
      dataDir: ".posthorn",
      url: "http://localhost:3000",
      sessionSecret: null,
      encryptionKeys: null,
      role: "all",
      workerToken: null,
      metricsToken: null,
      apiRateLimit: 3000,
      workerConcurrency: 64,
      endpointConcurrency: 8,
      retryScheduleMs: [60_000, 900_000, 7_200_000],
      requestTimeoutMs: 10_000,
      validationRetryEveryMs: 14_400_000,
      validationWindowMs: 86_400_000,
      probationAfterMs: 86_400_000,
      disableAfterMs: 259_200_000,
      retentionMs: 604_800_000,
      egressAllow: ["127.0.0.0/8", "::1/128"],
      trustedProxies: ["127.0.0.0/8", "::1/128"],
      requireHttps: false,
      smtpUrl: null,
      mailFrom: null,
      signInProviders: [],
      bootstrap: null,
      logLevel: "info",
    });
  });

  it("open no private address and insist on https with a database of one's own", () => {
    expect(configured(external)).toMatchObject({ egressAllow: [], requireHttps: true });
  });

  it("treat an empty variable as unset", () => {
    expect(configured({ PORT: "", POSTHORN_ROLE: "", SMTP_URL: "" })).toMatchObject({
      port: 3000,
      smtpUrl: null,
    });
  });

  it("let an empty POSTHORN_EGRESS_ALLOW close the loopback in embedded mode", () => {
    expect(configured({ POSTHORN_EGRESS_ALLOW: "" }).egressAllow).toEqual([]);
  });

  it("follow PORT in the public URL", () => {
    expect(configured({ PORT: "8080" }).url).toBe("http://localhost:8080");
  });
});

describe("accepted values", () => {
  it.each([
    ["PORT", "65535", { port: 65_535 }],
    ["POSTHORN_LISTEN_ADDRESS", "::1", { listenAddress: "::1" }],
    ["LOG_LEVEL", "silent", { logLevel: "silent" }],
    ["POSTHORN_URL", "https://hooks.example.com/base/", { url: "https://hooks.example.com/base" }],
    ["LOG_LEVEL", "WARN", { logLevel: "warn" }],
    ["POSTHORN_ROLE", "worker", { role: "worker" }],
    ["POSTHORN_ROLE", "Web", { role: "web" }],
    [
      "POSTHORN_ENCRYPTION_KEY",
      `${key}, ${Buffer.alloc(32, 8).toString("base64url")}`,
      { encryptionKeys: [Buffer.alloc(32, 7), Buffer.alloc(32, 8)] },
    ],
    ["POSTHORN_RETRY_SCHEDULE", "500ms,1s, 2m", { retryScheduleMs: [500, 1_000, 120_000] }],
    ["POSTHORN_REQUEST_TIMEOUT", "300ms", { requestTimeoutMs: 300 }],
    ["POSTHORN_RETENTION", "30d", { retentionMs: 2_592_000_000 }],
    [
      "POSTHORN_EGRESS_ALLOW",
      "10.0.0.0/8, fd00::/8,192.168.1.7",
      { egressAllow: ["10.0.0.0/8", "fd00::/8", "192.168.1.7/32"] },
    ],
    ["POSTHORN_TRUSTED_PROXIES", "10.1.0.0/16", { trustedProxies: ["10.1.0.0/16"] }],
    ["POSTHORN_TRUSTED_PROXIES", "", { trustedProxies: [] }],
    ["POSTHORN_REQUIRE_HTTPS", "TRUE", { requireHttps: true }],
    ["POSTHORN_REQUIRE_HTTPS", "0", { requireHttps: false }],
  ])("%s=%s", (name, value, expected) => {
    expect(configured({ [name]: value })).toMatchObject(expected);
  });

  it("turn the four bootstrap variables into one object", () => {
    const bootstrap = {
      POSTHORN_BOOTSTRAP_EMAIL: "ada@example.com",
      POSTHORN_BOOTSTRAP_PASSWORD: "correct horse",
      POSTHORN_BOOTSTRAP_ORGANIZATION: "Example",
      POSTHORN_BOOTSTRAP_API_KEY: "phk_bootstrap",
    };
    expect(configured(bootstrap).bootstrap).toEqual({
      email: "ada@example.com",
      password: "correct horse",
      organization: "Example",
      apiKey: "phk_bootstrap",
    });
  });
});

describe("refused values", () => {
  it.each([
    ["PORT", "0"],
    ["PORT", "65536"],
    ["PORT", "3000x"],
    ["PORT", "-1"],
    ["POSTHORN_LISTEN_ADDRESS", "localhost"],
    ["LOG_LEVEL", "loud"],
    ["DATABASE_URL", "mysql://nonsense@host/db"],
    ["DATABASE_URL", "nonsense"],
    ["POSTHORN_URL", "ftp://nonsense"],
    ["POSTHORN_URL", "nonsense"],
    ["NEXTAUTH_SECRET", "short"],
    ["POSTHORN_ENCRYPTION_KEY", "c2VjcmV0LXZhbHVl"],
    ["POSTHORN_ENCRYPTION_KEY", Buffer.alloc(33, 7).toString("base64")],
    ["POSTHORN_ENCRYPTION_KEY", `${key},c2VjcmV0LXZhbHVl`],
    ["POSTHORN_ENCRYPTION_KEY", Array(6).fill(key).join()],
    ["POSTHORN_ROLE", "nonsense"],
    ["POSTHORN_API_RATE_LIMIT", "-1"],
    ["POSTHORN_WORKER_CONCURRENCY", "0"],
    ["POSTHORN_ENDPOINT_CONCURRENCY", "1.5"],
    ["POSTHORN_RETRY_SCHEDULE", "1m,nonsense"],
    ["POSTHORN_RETRY_SCHEDULE", "1m,,2h"],
    ["POSTHORN_RETRY_SCHEDULE", Array(11).fill("1m").join()],
    ["POSTHORN_REQUEST_TIMEOUT", "10"],
    ["POSTHORN_REQUEST_TIMEOUT", "2h"],
    ["POSTHORN_VALIDATION_WINDOW", "0s"],
    ["POSTHORN_RETENTION", "1.5d"],
    ["POSTHORN_EGRESS_ALLOW", "10.0.0.0/33"],
    ["POSTHORN_EGRESS_ALLOW", "10.0.0.0/8/8"],
    ["POSTHORN_EGRESS_ALLOW", "10.0.0.0/"],
    ["POSTHORN_EGRESS_ALLOW", "::1/129"],
    ["POSTHORN_EGRESS_ALLOW", "nonsense"],
    ["POSTHORN_TRUSTED_PROXIES", "proxy.example.com"],
    ["POSTHORN_REQUIRE_HTTPS", "nonsense"],
    ["SMTP_URL", "https://nonsense"],
    ["MAIL_FROM", "nonsense"],
    ["POSTHORN_OIDC_ISSUER", "login.example.com"],
    ["POSTHORN_BOOTSTRAP_EMAIL", "nonsense"],
    ["POSTHORN_BOOTSTRAP_API_KEY", "nonsense"],
  ])("%s=%s is refused by name", (name, value) => {
    const found = problems({ [name]: value });
    expect(found.some((problem) => problem.startsWith(`${name} `))).toBe(true);
  });

  it("are never shown", () => {
    const secret = "s3cret value";
    const found = problems(Object.fromEntries(environmentVariableNames.map((name) => [name, secret])));
    expect(found.length).toBeGreaterThan(15);
    expect(found.join("\n")).not.toContain(secret);
  });
});

describe("problems", () => {
  it("are all reported at once", () => {
    const found = problems({
      PORT: "none",
      DATABASE_URL: external.DATABASE_URL,
      POSTHORN_RETRY_SCHEDULE: "soon",
      SMTP_URL: "smtp://mail.example.com",
      POSTHORN_BOOTSTRAP_EMAIL: "ada@example.com",
      POSTHORN_PROBATION_AFTER: "72h",
      POSTHORN_DISABLE_AFTER: "24h",
    });
    expect(found.map((problem) => problem.split(" ")[0])).toEqual([
      "PORT",
      "POSTHORN_RETRY_SCHEDULE",
      "NEXTAUTH_SECRET",
      "POSTHORN_ENCRYPTION_KEY",
      "POSTHORN_BOOTSTRAP_PASSWORD",
      "POSTHORN_BOOTSTRAP_ORGANIZATION",
      "POSTHORN_BOOTSTRAP_API_KEY",
      "MAIL_FROM",
      "POSTHORN_DISABLE_AFTER",
    ]);
  });

  it("name what is missing beside half of a sign-in provider", () => {
    const reason = "is required when POSTHORN_OIDC_ISSUER is set";
    expect(problems({ POSTHORN_OIDC_ISSUER: "https://login.example.com/" })).toEqual([
      `POSTHORN_OIDC_CLIENT_ID ${reason}`,
      `POSTHORN_OIDC_CLIENT_SECRET ${reason}`,
    ]);
    expect(problems({ POSTHORN_GITHUB_CLIENT_SECRET: "s" })).toEqual([
      "POSTHORN_GITHUB_CLIENT_ID is required when POSTHORN_GITHUB_CLIENT_SECRET is set",
    ]);
  });

  it("say which words there are, of a word that is none of them", () => {
    expect(problems({ POSTHORN_ROLE: "workers", LOG_LEVEL: "loud" })).toEqual([
      "POSTHORN_ROLE must be all, web or worker",
      "LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent",
    ]);
  });

  it("say which key of several is wrong, and never show it", () => {
    expect(problems({ POSTHORN_ENCRYPTION_KEY: `${key},geheim` })).toEqual([
      "POSTHORN_ENCRYPTION_KEY key 2 must be the base64 of exactly 32 bytes (openssl rand -base64 32)",
    ]);
  });

  it("say which wait of a schedule is wrong", () => {
    expect(problems({ POSTHORN_RETRY_SCHEDULE: "1m,15m,soon" })).toEqual([
      "POSTHORN_RETRY_SCHEDULE wait 3 must be a duration like 500ms, 30s, 15m, 4h or 7d, at most 7d",
    ]);
  });
});

describe("loadEnv", () => {
  it("gives a server its database and its secrets without a null", () => {
    const loaded = loadEnv(external);
    expect(loaded.databaseUrl).toBe(external.DATABASE_URL);
    expect(loaded.encryptionKeys).toEqual([Buffer.alloc(32, 7)]);
  });

  it("throws every problem in one error", () => {
    const load = () => loadEnv({ ...external, PORT: "x", POSTHORN_ROLE: "y" });
    expect(load).toThrow(EnvironmentError);
    expect(load).toThrow(/PORT must be[^]*POSTHORN_ROLE must be/);
  });

  it("says that npm start provides the database when none is given", () => {
    expect(() => loadEnv({})).toThrow(/npm start/);
  });
});

describe(".env.example", () => {
  const example = readFileSync(new URL("../../.env.example", import.meta.url), "utf8");
  const named = [...example.matchAll(/^#? ?([A-Z][A-Z_]+)=(.*)$/gm)].map(
    ([, name = "", value = ""]) => [name, value] as const,
  );
  /** What has no default, or another one with the embedded database. */
  const madeUp =
    /^(DATABASE_URL|POSTHORN_URL|POSTHORN_LISTEN_ADDRESS|POSTHORN_EGRESS_ALLOW|POSTHORN_REQUIRE_HTTPS|SMTP_URL|MAIL_FROM|POSTHORN_OIDC_.*)$/;

  it("explains every variable", () => {
    expect(named.map(([name]) => name).toSorted()).toEqual(environmentVariableNames.toSorted());
  });

  it.each(named.filter(([name, value]) => value !== "" && !madeUp.test(name)))(
    "shows the default of %s",
    (name, value) => expect(configured({ [name]: value })).toEqual(configured({})),
  );
});
