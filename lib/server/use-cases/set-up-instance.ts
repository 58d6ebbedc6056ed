import "server-only";
import { createHash, randomBytes } from "node:crypto";
import type { SetUpIn } from "@/lib/schemas/set-up";
import { AppError } from "@/lib/server/app-error";
import { hashPassword } from "@/lib/server/auth/password";
import { noOrigin, type RequestOrigin } from "@/lib/server/auth/request-origin";
import type { SessionClaims } from "@/lib/server/auth/session-claims";
import { recordAudit } from "@/lib/server/db/audit";
import { systemActor } from "@/lib/server/delivery/engine";
import type { Deps } from "@/lib/server/deps";
import { createFirstAdmin } from "./create-first-admin";
import { enterOrganization } from "./enter-account";

const settingName = "setup_token_sha256";

/** Whether somebody can sign in at all. */
export async function hasAnyUser(deps: Deps): Promise<boolean> {
  return (await deps.prisma.user.findFirst({ select: { id: true } })) !== null;
}

/** A new token for the setup page; the one before it stops working. Only its hash is stored. */
export async function renewSetupToken(deps: Deps): Promise<string> {
  const token = randomBytes(24).toString("base64url");
  const value = hashToken(token);
  const updatedAt = deps.clock();
  await deps.transaction(async ({ prisma }) => {
    await prisma.instanceSetting.upsert({
      where: { name: settingName },
      create: { name: settingName, value, updatedAt },
      update: { value, updatedAt },
    });
    const actor = { organizationId: null, ...systemActor, ...noOrigin };
    await recordAudit(prisma, actor, { action: "instance.setup_link_made" }, updatedAt, deps.newId());
  });
  return token;
}

export async function isSetupToken(deps: Deps, token: string): Promise<boolean> {
  const setting = await deps.prisma.instanceSetting.findUnique({ where: { name: settingName } });
  // Hashes are compared, so what differs in time tells nothing about the token.
  return setting !== null && setting.value === hashToken(token);
}

/** Creates the first admin and organization, and uses up the token. Throws 403 (token) or 409 (already set up). */
export async function setUpInstance(
  deps: Deps,
  input: SetUpIn,
  origin: RequestOrigin | null,
): Promise<SessionClaims> {
  if (!(await isSetupToken(deps, input.token))) {
    throw new AppError(403, "This setup link is not valid. The newest one is in the log of the server.");
  }
  const passwordHash = await hashPassword(input.password);
  const claims = await deps.transaction(async (transaction) => {
    await transaction.prisma.instanceSetting.deleteMany({ where: { name: settingName } });
    const from = origin ?? noOrigin;
    const admin = await createFirstAdmin(transaction, deps, {
      ...input,
      passwordHash,
      apiKey: null,
      origin: from,
    });
    return admin && enterOrganization(transaction, deps, admin, from);
  });
  if (!claims) throw new AppError(409, "This instance is set up already. Sign in instead.");
  return claims;
}

function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
