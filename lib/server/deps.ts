import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import { Pool } from "pg";
import pino, { type Logger } from "pino";
import packageJson from "@/package.json";
import { parseCidr, type Cidr } from "@/lib/domain/address-policy";
import { takeFromBucket } from "./db/api-key-rate";
import { PrismaClient } from "./db/generated/client";
import { poolSql, prismaTransaction, type Sql, type Transaction } from "./db/sql";
import type { DeliveryService } from "./delivery/delivery-service";
import type { Engine } from "./delivery/engine";
import { WakeLine } from "./delivery/wake-line";
import { env, type Env } from "./env";
import { ApiRateLimit } from "./http/api-rate-limit";
import { createOutboundClient } from "./http/outbound/client";
import { lookupAll, type Lookup } from "./http/outbound/resolve-addresses";
import { EngineTally } from "./metrics/engine-tally";
import { createMailer } from "./mail/mailer";
import { orderedIds } from "./new-ids";
import { createSealer } from "./sealing";

/** Everything with a side effect, built here and nowhere else, and handed to use-cases as their first argument. */
export interface Deps extends Engine {
  env: Env;
  /** Parsed POSTHORN_EGRESS_ALLOW. */
  egressAllow: readonly Cidr[];
  /** Resolves a name: when an endpoint is saved, and again for every connection. */
  lookup: Lookup;
  prisma: PrismaClient;
  /** Plain SQL on the pool, outside of any transaction. */
  sql: Sql;
  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
  /** Deliveries were committed that may be due: wakes this process's worker and those of the others. */
  wake(): void;
  /** How many requests each API key may make. */
  apiRate: ApiRateLimit;
  /** What this process has done since it started; the engine's observer. */
  tally: EngineTally;
  /** The worker of this process, if it has one; set at the start. */
  service: DeliveryService | null;
}

export interface DepsOverrides {
  clock?: () => Date;
  random?: () => number;
  log?: Logger;
  poolMax?: number;
  lookup?: Lookup;
}

export function createDeps(environment: Env, overrides: DepsOverrides = {}): Deps {
  const clock = overrides.clock ?? (() => new Date());
  const log = overrides.log ?? pino({ name: "posthorn", level: environment.logLevel });
  const pool = createPool(environment.databaseUrl, overrides.poolMax ?? 20, log);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const egressAllow = environment.egressAllow.map(parseCidr).filter((cidr) => cidr !== null);
  const lookup = overrides.lookup ?? lookupAll;
  const wakeLine = new WakeLine(pool, log);
  const tally = new EngineTally();
  const deps: Deps = {
    env: environment,
    egressAllow,
    lookup,
    clock,
    random: overrides.random ?? Math.random,
    newId: orderedIds(clock),
    log,
    pool,
    prisma,
    sql: poolSql(pool),
    transaction: (work) => prismaTransaction(prisma, work),
    outbound: createOutboundClient({ allow: egressAllow, lookup }),
    apiRate: new ApiRateLimit(environment.apiRateLimit, (...bucket) =>
      takeFromBucket(poolSql(pool), ...bucket),
    ),
    sealer: createSealer(environment.encryptionKeys),
    mailer:
      environment.smtpUrl && environment.mailFrom
        ? createMailer(environment.smtpUrl, environment.mailFrom)
        : null,
    settings: engineSettings(environment),
    observe: tally,
    tally,
    service: null,
    wake() {
      deps.service?.wake();
      wakeLine.notify();
    },
  };
  return deps;
}

function createPool(connectionString: string, max: number, log: Logger): Pool {
  const pool = new Pool({
    connectionString,
    max,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: "posthorn",
    // Timestamps are compared in SQL with ours, which are UTC whatever the server's zone.
    options: "-c timezone=UTC",
  });
  // An idle connection that the server closed (a restart) is replaced by the pool; without a listener it would end us.
  pool.on("error", (error) => log.warn({ err: error }, "an idle database connection was lost"));
  return pool;
}

function engineSettings(environment: Env): Engine["settings"] {
  return {
    version: packageJson.version,
    publicUrl: environment.url,
    concurrency: environment.workerConcurrency,
    endpointConcurrency: environment.endpointConcurrency,
    retryScheduleMs: environment.retryScheduleMs,
    requestTimeoutMs: environment.requestTimeoutMs,
    retentionMs: environment.retentionMs,
    validation: {
      retryEveryMs: environment.validationRetryEveryMs,
      windowMs: environment.validationWindowMs,
    },
    chronic: { probationAfterMs: environment.probationAfterMs, disableAfterMs: environment.disableAfterMs },
  };
}

// Next builds instrumentation, routes and pages into separate module graphs; they meet on the global object.
const shared = globalThis as { posthornDeps?: Deps };

/** The deps of this process, built at first use: `next build` imports modules without any configuration. */
export function getDeps(): Deps {
  shared.posthornDeps ??= createDeps(env());
  return shared.posthornDeps;
}
