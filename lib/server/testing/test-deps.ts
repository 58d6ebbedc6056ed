import "server-only";
import { randomBytes } from "node:crypto";
import pino from "pino";
import { parseEnvironment } from "@/lib/schemas/environment";
import { createDeps, type Deps, type DepsOverrides } from "@/lib/server/deps";
import { keepPartitions } from "@/lib/server/delivery/housekeeping";
import type { Principal } from "@/lib/server/principal";
import { encodeId } from "@/lib/domain/ids";

/** Deps over a test's own database, with the embedded mode's settings. Close them with `closeTestDeps`. */
export async function createTestDeps(
  databaseUrl: string,
  variables: Record<string, string> = {},
  overrides: DepsOverrides = {},
): Promise<Deps> {
  const parsed = parseEnvironment({
    DATABASE_URL: databaseUrl,
    NEXTAUTH_SECRET: randomBytes(32).toString("base64"),
    POSTHORN_ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    POSTHORN_EGRESS_ALLOW: "127.0.0.0/8,::1/128",
    POSTHORN_REQUIRE_HTTPS: "false",
    ...variables,
  });
  if (!parsed.ok) throw new Error(parsed.problems.join("; "));
  const { sessionSecret, encryptionKeys } = parsed.configuration;
  if (sessionSecret === null || encryptionKeys === null)
    throw new Error("The test environment lacks its keys");
  const environment = { ...parsed.configuration, databaseUrl, sessionSecret, encryptionKeys };
  const deps = createDeps(environment, { log: pino({ level: "silent" }), poolMax: 10, ...overrides });
  await keepPartitions(deps);
  return deps;
}

/** Ends every connection, so that the database can be dropped. */
export async function closeTestDeps(deps: Deps): Promise<void> {
  await deps.service?.stop(1_000);
  deps.outbound.destroy();
  await deps.prisma.$disconnect();
  if (!deps.pool.ended) await deps.pool.end();
}

/** An organization with one member, who acts. */
export async function createTestPrincipal(
  deps: Deps,
  role: "developer" | "admin" = "admin",
): Promise<Principal> {
  const organizationId = deps.newId();
  const userId = deps.newId();
  const now = deps.clock();
  const email = `${role}.${userId.slice(-6)}@example.com`;
  await deps.prisma.organization.create({ data: { id: organizationId, name: "Example", createdAt: now } });
  await deps.prisma.user.create({
    data: {
      id: userId,
      email,
      firstName: "Ada",
      lastName: "Example",
      passwordHash: "no sign-in",
      createdAt: now,
    },
  });
  await deps.prisma.membership.create({ data: { organizationId, userId, role, createdAt: now } });
  return {
    organizationId,
    kind: "user",
    userId,
    actor: encodeId("usr", userId),
    actorLabel: email,
    role,
    isOperator: false,
    scopes: null,
    address: null,
    userAgent: null,
  };
}
