import "server-only";
import type { KeyObject } from "node:crypto";
import type { SuccessStatus } from "@/lib/domain/attempt-outcome";
import { encodeId } from "@/lib/domain/ids";
import { secretKey } from "@/lib/domain/signature";
import { parseDuration } from "@/lib/format/duration";
import { loadEndpointTargets, type EndpointTargetRow } from "@/lib/server/db/endpoint-targets";
import { poolSql } from "@/lib/server/db/sql";
import { headersContext, secretContext } from "@/lib/server/sealing";
import type { Engine } from "./engine";

/** An endpoint, ready to be sent to: secrets opened, keys prepared, durations in milliseconds. */
export interface EndpointTarget {
  id: string;
  /** As endpoints and logs spell it: `ep_...` */
  publicId: string;
  version: number;
  url: string;
  origin: string;
  path: string;
  keys: readonly { key: KeyObject; expiresAtMs: number }[];
  /** Flat list of custom headers. */
  headers: readonly string[];
  /** The same with every value masked, for the log. */
  maskedHeaders: readonly string[];
  timeoutMs: number;
  successStatus: SuccessStatus;
  scheduleMs: readonly number[];
  rateLimitPerSecond: number | null;
  /** Set when a validation is a challenge instead of a test event. */
  challengeHeader: string | null;
}

/**
 * The endpoints of recent deliveries, opened once per version. Decrypting secrets and preparing keys for every delivery
 * would cost more than signing does.
 */
export class EndpointBook {
  readonly #engine: Engine;
  readonly #targets = new Map<string, EndpointTarget>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** The targets of `wanted`, each at least as new as the version asked for. Those that cannot be read are missing. */
  async get(
    wanted: Iterable<{ endpointId: string; endpointVersion: number }>,
  ): Promise<Map<string, EndpointTarget>> {
    const found = new Map<string, EndpointTarget>();
    const missing = new Set<string>();
    for (const { endpointId, endpointVersion } of wanted) {
      const target = this.#targets.get(endpointId);
      if (target && target.version >= endpointVersion) found.set(endpointId, target);
      else missing.add(endpointId);
    }
    if (missing.size === 0) return found;
    for (const row of await loadEndpointTargets(poolSql(this.#engine.pool), [...missing])) {
      const target = this.#open(row);
      if (!target) continue;
      this.#keep(target);
      found.set(row.id, target);
    }
    return found;
  }

  /** Null when it cannot be read here: one such endpoint must not keep the others waiting. */
  #open(row: EndpointTargetRow): EndpointTarget | null {
    // Deleted since the claim, its secrets with it: nothing is ever sent unsigned.
    if (row.secrets.length === 0) return null;
    try {
      return openTarget(this.#engine, row);
    } catch (error) {
      this.#engine.log.error(
        { err: error, endpointId: encodeId("ep", row.id) },
        "an endpoint cannot be sent to: its URL or its secrets cannot be read",
      );
      return null;
    }
  }

  #keep(target: EndpointTarget): void {
    this.#targets.delete(target.id);
    this.#targets.set(target.id, target);
    if (this.#targets.size <= targetsMax) return;
    const oldest = this.#targets.keys().next().value;
    if (oldest !== undefined) this.#targets.delete(oldest);
  }
}

const targetsMax = 20_000;

function openTarget({ sealer, settings }: Engine, row: EndpointTargetRow): EndpointTarget {
  const url = httpUrl(row.url);
  const headers = row.headersSealed
    ? Object.entries(
        JSON.parse(sealer.open(row.headersSealed, headersContext(row.id))) as Record<string, string>,
      )
    : [];
  return {
    id: row.id,
    publicId: encodeId("ep", row.id),
    version: row.version,
    url: row.url,
    origin: url.origin,
    path: url.pathname + url.search,
    keys: row.secrets.map(({ sealed, expiresAt }) => ({
      key: secretKey(sealer.open(sealed, secretContext(row.id))),
      expiresAtMs: expiresAt === null ? Infinity : Date.parse(expiresAt),
    })),
    headers: headers.flat(),
    maskedHeaders: headers.flatMap(([name]) => [name, "***"]),
    timeoutMs: row.timeoutSeconds === null ? settings.requestTimeoutMs : row.timeoutSeconds * 1000,
    successStatus: row.successStatus,
    scheduleMs: row.defaultSchedule ? settings.retryScheduleMs : row.retrySchedule.map(storedDurationMs),
    rateLimitPerSecond: row.rateLimitPerSecond,
    challengeHeader: row.verificationMethod === "challenge" ? row.challengeHeader : null,
  };
}

/** Other schemes are refused when an endpoint is saved; a row that was written otherwise would fail where it is logged. */
function httpUrl(text: string): URL {
  const url = new URL(text);
  if (url.protocol === "http:" || url.protocol === "https:") return url;
  throw new Error(`A stored endpoint URL has the scheme ${url.protocol}`);
}

function storedDurationMs(text: string): number {
  const durationMs = parseDuration(text);
  if (durationMs === null) throw new Error("A stored retry schedule has a wait that is no duration");
  return durationMs;
}
