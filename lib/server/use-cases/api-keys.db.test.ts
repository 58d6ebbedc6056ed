import { createHash, timingSafeEqual } from "node:crypto";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { decodeId } from "@/lib/domain/ids";
import type { Scope } from "@/lib/schemas/scopes";
import { authenticateKey, hashApiKey, keyPrefix } from "@/lib/server/auth/api-key";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createApiKey } from "./create-api-key";
import { listApiKeys } from "./list-api-keys";
import { revokeApiKey } from "./revoke-api-key";

// Watched, not replaced.
vi.mock("node:crypto", async (original) => {
  const crypto = await original<typeof import("node:crypto")>();
  return { ...crypto, timingSafeEqual: vi.fn(crypto.timingSafeEqual) };
});

const database = testDatabase();
let deps: Deps;
let admin: Principal;

beforeEach(async () => {
  deps = await createTestDeps(database().url);
  admin = await createTestPrincipal(deps, "admin");
});
afterEach(() => closeTestDeps(deps));

const use = (key: string, scope: Scope | null) =>
  authenticateKey(deps, new Request("http://x/", { headers: { authorization: `bearer ${key}` } }), scope);
const create = (scopes: Scope[], by = admin) => createApiKey(deps, by, { name: "Shop", scopes });

it("acts for its organization, with its scopes and no others", async () => {
  const { key } = await create(["events:write"]);
  await expect(use(key, "events:write")).resolves.toMatchObject({
    organizationId: admin.organizationId,
    kind: "key",
    role: "developer",
  });
  await expect(use(key, "events:read")).rejects.toMatchObject({ status: 403 });
  await expect(use(key, "admin")).rejects.toMatchObject({ status: 403 });
});

it("stops with the next request after it is revoked", async () => {
  const { key } = await create(["events:write"]);
  const id = decodeId("key", (await listApiKeys(deps, admin))[0]?.id ?? "") ?? "";
  await revokeApiKey(deps, admin, { id });
  await expect(use(key, "events:write")).rejects.toMatchObject({
    status: 401,
    headers: { "www-authenticate": "Bearer" },
  });
  await expect(revokeApiKey(deps, admin, { id })).rejects.toMatchObject({ status: 404 });
  expect(await listApiKeys(deps, admin)).toEqual([]);
});

it("is refused when it is unknown, cut short or missing", async () => {
  const { key } = await create(["events:write"]);
  for (const wrong of [key.slice(0, -1), `${key}x`, "phk_", "x"]) {
    await expect(use(wrong, null)).rejects.toMatchObject({ status: 401 });
  }
  await expect(authenticateKey(deps, new Request("http://x/"), null)).rejects.toMatchObject({ status: 401 });
});

it("is stored as its beginning and its SHA-256, never as text, and is found by its beginning", async () => {
  const { key } = await create(["events:write"]);
  const [row] = await database().query<{ prefix: string; key_hash: Buffer; whole: string }>(
    "SELECT prefix, key_hash, api_key::text AS whole FROM api_key",
  );
  expect(row?.prefix).toBe(keyPrefix(key));
  expect(row?.prefix.length).toBeLessThan(key.length / 2);
  expect(row?.key_hash).toEqual(createHash("sha256").update(key).digest());
  expect(row?.whole).not.toContain(key.slice(20));
});

it("is compared as a whole in constant time: another key with the same beginning is another key", async () => {
  const { key } = await create(["events:write"]);
  const twin = `${key.slice(0, 12)}${"x".repeat(key.length - 12)}`;
  await expect(use(twin, null)).rejects.toMatchObject({ status: 401 });
  // Two rows with one beginning: each key finds its own.
  const stranger = await createTestPrincipal(deps, "admin");
  await create(["events:read"], stranger);
  await deps.prisma.apiKey.updateMany({
    where: { organizationId: stranger.organizationId },
    data: { prefix: keyPrefix(twin), keyHash: Uint8Array.from(hashApiKey(twin)) },
  });
  await expect(use(twin, null)).resolves.toMatchObject({ organizationId: stranger.organizationId });
  await expect(use(key, null)).resolves.toMatchObject({ organizationId: admin.organizationId });
  const compared = vi.mocked(timingSafeEqual).mock.calls.length;
  await use(key, null);
  // Both rows were compared, whichever came first.
  expect(vi.mocked(timingSafeEqual).mock.calls.length - compared).toBe(2);
});

it("that is short and was stored by its first twelve characters works, and is stored by fewer from then on", async () => {
  const key = "phk_five_minutes";
  await create(["events:write"]);
  await deps.prisma.apiKey.updateMany({
    data: { prefix: key.slice(0, 12), keyHash: Uint8Array.from(hashApiKey(key)) },
  });
  await expect(use(`${key}!`, null)).rejects.toMatchObject({ status: 401 });
  await expect(use(key, null)).resolves.toMatchObject({ organizationId: admin.organizationId });
  expect(await listApiKeys(deps, admin)).toMatchObject([{ prefix: "phk_five" }]);
  await expect(use(key, null)).resolves.toMatchObject({ organizationId: admin.organizationId });
});

it("is listed by its beginning and never whole, in the list and in the audit log", async () => {
  const { key } = await create(["events:write", "events:read"]);
  await use(key, "events:read");
  const listed = await listApiKeys(deps, admin);
  expect(listed).toMatchObject([
    { name: "Shop", prefix: key.slice(0, 12), createdBy: admin.actorLabel, lastUsedAt: expect.any(String) },
  ]);
  const audited = await deps.prisma.auditEntry.findMany();
  expect(audited).toMatchObject([{ action: "api_key.created", actor: admin.actor }]);
  expect(JSON.stringify([listed, audited])).not.toContain(key);
});

it("is an admin's to make and to revoke, and another organization's is not found", async () => {
  const developer = await createTestPrincipal(deps, "developer");
  await expect(create(["admin"], developer)).rejects.toMatchObject({ status: 403 });
  await expect(listApiKeys(deps, developer)).rejects.toMatchObject({ status: 403 });
  await create(["events:write"]);
  const id = decodeId("key", (await listApiKeys(deps, admin))[0]?.id ?? "") ?? "";
  const stranger = await createTestPrincipal(deps, "admin");
  expect(await listApiKeys(deps, stranger)).toEqual([]);
  await expect(revokeApiKey(deps, stranger, { id })).rejects.toMatchObject({ status: 404 });
});
