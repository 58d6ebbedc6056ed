import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { encodeId } from "@/lib/domain/ids";
import type { Scope } from "@/lib/schemas/scopes";
import { AppError } from "@/lib/server/app-error";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { clientAddress } from "./client-address";

/** A new key: 32 random bytes, so a plain hash of it is as good as a slow one. Shown once. */
export function newApiKey(): string {
  return `phk_${randomBytes(32).toString("base64url")}`;
}

export function hashApiKey(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}

/** What a list shows of a key: its beginning, and of a short one (the bootstrap key may be) never most of it. */
export function keyPrefix(key: string): string {
  return key.slice(0, Math.min(12, Math.floor(key.length / 2)));
}

/** Last use is told to the minute: no write for every request. */
const lastUsedEveryMs = 60_000;

/** The key's principal. Throws 401 without a valid key and 403 when it lacks the scope. */
export async function authenticateKey(deps: Deps, request: Request, scope: Scope | null): Promise<Principal> {
  const key = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (!key) throw new AppError(401, "Send an API key: `Authorization: Bearer phk_...`.");
  // Looked up by its hash: what differs in time is the hash, and that tells nothing about the key.
  const row = await deps.prisma.apiKey.findUnique({ where: { keyHash: Uint8Array.from(hashApiKey(key)) } });
  if (!row || row.revokedAt) throw new AppError(401, "This API key is not known or was revoked.");
  if (scope !== null && !row.scopes.includes(scope))
    throw new AppError(403, `The key lacks the scope ${scope}.`);
  const now = deps.clock();
  if (!row.lastUsedAt || now.getTime() - row.lastUsedAt.getTime() > lastUsedEveryMs) {
    await deps.prisma.apiKey.update({ where: { id: row.id }, data: { lastUsedAt: now } });
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
    address: clientAddress(request.headers),
  };
}
