import "server-only";
import type { Pool } from "pg";
import type { Logger } from "pino";
import type { OutboundClient } from "@/lib/server/http/outbound/client";
import type { ChronicDefaults } from "@/lib/domain/failure-policy";
import type { ValidationSettings } from "@/lib/domain/endpoint-lifecycle";
import type { Mailer } from "@/lib/server/mail/mailer";
import type { Sealer } from "@/lib/server/sealing";
import type { EngineObserver } from "./observer";

/** What the delivery engine is given: it builds nothing of this itself and reads no environment. */
export interface Engine {
  pool: Pool;
  clock: () => Date;
  /** 0 to 1 */
  random: () => number;
  /** A new UUIDv7, as the columns store it. */
  newId: () => string;
  outbound: OutboundClient;
  sealer: Sealer;
  /** Null without SMTP_URL: mails are kept in the outbox. */
  mailer: Mailer | null;
  log: Logger;
  /** Told about the engine's work; `noObserver` when nobody watches. */
  observe: EngineObserver;
  settings: EngineSettings;
}

export interface EngineSettings {
  version: string;
  /** Of the dashboard, for links; without a trailing slash. */
  publicUrl: string;
  /** Requests in flight in this process. */
  concurrency: number;
  /** Requests in flight per endpoint in this process. */
  endpointConcurrency: number;
  retryScheduleMs: readonly number[];
  requestTimeoutMs: number;
  retentionMs: number;
  validation: ValidationSettings;
  chronic: ChronicDefaults;
}

/** The actor of what no person did. */
export const systemActor = { actor: "system", actorLabel: "Posthorn" } as const;

export interface Actor {
  /** `usr_...`, `key_...` or `system`. */
  actor: string;
  /** A name for people: an e-mail address or the key's name. */
  actorLabel: string;
}
