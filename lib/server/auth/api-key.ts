import "server-only";
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { encodeId } from "@/lib/domain/ids";
import { apiBurstSeconds } from "@/lib/domain/limits";
import type { Scope } from "@/lib/schemas/scopes";
import { AppError, bearerRefused } from "@/lib/server/app-error";
import { findKeysByPrefix, noteKeyUse, type ApiKeyRow } from "@/lib/server/db/api-keys";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { bearerToken } from "./bearer-token";
import { requestOrigin } from "./request-origin";

/** A new key: 32 random bytes, so a plain hash of it is as good as a slow one. Shown once. */
export function newApiKey(): string {
  return `phk_${randomBytes(32).toString("base64url")}`;
}

export function hashApiKey(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}

/**
 * What a list shows of a key and what it is looked up by: its beginning, and of a short one (the bootstrap key may be)
 * never most of it.
 */
export function keyPrefix(key: string): string {
  return key.slice(0, Math.min(prefixMax, Math.floor(key.length / 2)));
}

const prefixMax = 12;

/** By which an instance of long ago has stored a short key. The key itself is nowhere: only its use can set that right. */
const formerPrefix = (key: string) => key.slice(0, prefixMax);

/** Last use is told to the minute: no write for every request. */
const lastUsedEveryMs = 60_000;

/**
 * The key's principal. Throws 401 without a valid key, 429 when the key has made too many requests, and 403 when it
 * lacks the scope.
 */
export async function authenticateKey(deps: Deps, request: Request, scope: Scope | null): Promise<Principal> {
  const key = bearerToken(request);
  if (key === null) throw bearerRefused("Send an API key: `Authorization: Bearer phk_...`.");
  const row = await findKey(deps, key);
  if (!row || row.revokedAt) throw bearerRefused("This API key is not known or was revoked.");
  await admitOr429(deps, row.id);
  if (scope !== null && !row.scopes.includes(scope))
    throw new AppError(403, `The key lacks the scope ${scope}.`);
  const now = deps.clock();
  if (!row.lastUsedAt || now.getTime() - row.lastUsedAt.getTime() > lastUsedEveryMs) {
    await noteKeyUse(deps.sql, row.id, keyPrefix(key), now);
  }
  return {
    organizationId: row.organizationId,
    kind: "key",
    userId: null,
    actor: encodeId("key", row.id),
    actorLabel: row.name,
    role: row.scopes.includes("admin") ? "admin" : "developer",
    isOperator: false,
    scopes: row.scopes as Scope[],
    ...requestOrigin(request.headers),
  };
}

/** Looked up by a part that is no secret, and compared as a whole in a time that does not tell where it differs. */
async function findKey(deps: Deps, key: string): Promise<ApiKeyRow | null> {
  const hash = hashApiKey(key);
  const alike = await findKeysByPrefix(deps.sql, [keyPrefix(key), formerPrefix(key)]);
  return alike.filter(({ keyHash }) => timingSafeEqual(keyHash, hash))[0] ?? null;
}

async function admitOr429(deps: Deps, keyId: string): Promise<void> {
  const admission = await deps.apiRate.admit(keyId);
  if (admission.admitted) return;
  const { perSecond, burst } = deps.apiRate.bucket;
  const { retryAfterSeconds } = admission;
  throw new AppError(
    429,
    `This key may make ${perSecond} requests per second. Wait ${retryAfterSeconds} s.`,
    {
      retryAfterSeconds,
      headers: {
        // draft-ietf-httpapi-ratelimit-headers: a bucket that is full after `w` seconds without a request.
        "ratelimit-policy": `"key";q=${burst};w=${apiBurstSeconds}`,
        ratelimit: `"key";r=0;t=${retryAfterSeconds}`,
      },
    },
  );
}
