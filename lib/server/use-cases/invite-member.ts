import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { invitationsMax } from "@/lib/domain/limits";
import type { InvitationIn } from "@/lib/schemas/member";
import { AppError, limitReached, notFound } from "@/lib/server/app-error";
import { recordAudit, type AuditedChange } from "@/lib/server/db/audit";
import { lockOrganization } from "@/lib/server/db/organization-lock";
import type { Deps } from "@/lib/server/deps";
import { requireAdmin, type Principal } from "@/lib/server/principal";

const invitationDays = 7;

/**
 * Invites someone and returns the link, which is shown this once: only its hash is stored. An earlier invitation of
 * the same person stops working. Throws 409 for someone who is a member already, or at the limit.
 */
export async function inviteMember(
  deps: Deps,
  principal: Principal,
  { email, role }: InvitationIn,
): Promise<{ link: string; email: string; expiresAt: string }> {
  requireAdmin(principal);
  const { organizationId } = principal;
  const token = randomBytes(24).toString("base64url");
  const now = deps.clock();
  const expiresAt = new Date(now.getTime() + invitationDays * 86_400_000);
  await deps.transaction(async ({ prisma, sql }) => {
    await lockOrganization(sql, organizationId);
    const member = await prisma.membership.findFirst({ where: { organizationId, user: { email } } });
    if (member) throw new AppError(409, `${email} is a member of this organization already.`);
    await prisma.invitation.deleteMany({ where: { organizationId, email, acceptedAt: null } });
    if ((await prisma.invitation.count({ where: { organizationId, acceptedAt: null } })) >= invitationsMax) {
      throw limitReached("open invitations", invitationsMax, "Withdraw one first.");
    }
    await prisma.invitation.create({
      data: {
        id: deps.newId(),
        organizationId,
        email,
        role,
        tokenHash: hashInvitationToken(token),
        invitedBy: principal.userId ?? organizationId,
        createdAt: now,
        expiresAt,
      },
    });
    const change: AuditedChange = { action: "invitation.created", target: email, after: { role } };
    await recordAudit(prisma, principal, change, now, deps.newId());
  });
  return { link: `${deps.env.url}/invitation?token=${token}`, email, expiresAt: expiresAt.toISOString() };
}

/** Makes the link of an invitation useless. Throws 404. `id` is the invitation's UUID. */
export async function withdrawInvitation(
  deps: Deps,
  principal: Principal,
  { id }: { id: string },
): Promise<void> {
  requireAdmin(principal);
  const where = { id, organizationId: principal.organizationId, acceptedAt: null };
  await deps.transaction(async ({ prisma }) => {
    const invitation = await prisma.invitation.findFirst({ where });
    if (!invitation) throw notFound("invitation");
    await prisma.invitation.deleteMany({ where });
    const change: AuditedChange = {
      action: "invitation.withdrawn",
      target: invitation.email,
      before: { role: invitation.role },
    };
    await recordAudit(prisma, principal, change, deps.clock(), deps.newId());
  });
}

export function hashInvitationToken(token: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(createHash("sha256").update(token).digest());
}
