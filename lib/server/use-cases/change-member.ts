import "server-only";
import { encodeId } from "@/lib/domain/ids";
import type { MemberRole } from "@/lib/schemas/member";
import { AppError, notFound } from "@/lib/server/app-error";
import { recordAudit, type AuditedChange } from "@/lib/server/db/audit";
import { lockOrganization } from "@/lib/server/db/organization-lock";
import type { Transaction } from "@/lib/server/db/sql";
import type { Deps } from "@/lib/server/deps";
import { requireAdmin, type Principal } from "@/lib/server/principal";

/** Gives a member another role. Throws 404, and 409 for the last admin. `userId` is a UUID. */
export async function changeMemberRole(
  deps: Deps,
  principal: Principal,
  { userId, role }: { userId: string; role: MemberRole },
): Promise<void> {
  requireAdmin(principal);
  await deps.transaction(async (transaction) => {
    const member = await lockMember(transaction, principal, userId);
    if (member.role === role) return;
    if (role !== "admin") await requireAnotherAdmin(transaction, principal, userId);
    const { prisma } = transaction;
    const { organizationId } = principal;
    await prisma.membership.update({
      where: { organizationId_userId: { organizationId, userId } },
      data: { role },
    });
    const change: AuditedChange = {
      action: "member.role_changed",
      target: encodeId("usr", userId),
      before: { role: member.role },
      after: { role },
    };
    await recordAudit(prisma, principal, change, deps.clock(), deps.newId());
  });
}

/**
 * Takes a member out of the organization; their sessions end with the next request. An account that is in no
 * organization any more is deleted. Throws 404, and 409 for the last admin or oneself. `userId` is a UUID.
 */
export async function removeMember(
  deps: Deps,
  principal: Principal,
  { userId }: { userId: string },
): Promise<void> {
  requireAdmin(principal);
  if (userId === principal.userId) throw new AppError(409, "You cannot remove yourself; another admin can.");
  await deps.transaction(async (transaction) => {
    const member = await lockMember(transaction, principal, userId);
    await requireAnotherAdmin(transaction, principal, userId);
    const { prisma } = transaction;
    const { organizationId } = principal;
    await prisma.membership.delete({ where: { organizationId_userId: { organizationId, userId } } });
    const { count } = await prisma.user.deleteMany({
      where: { id: userId, isOperator: false, memberships: { none: {} } },
    });
    const change: AuditedChange = {
      action: "member.removed",
      target: encodeId("usr", userId),
      before: { email: member.user.email, role: member.role },
      after: { accountDeleted: count > 0 },
    };
    await recordAudit(prisma, principal, change, deps.clock(), deps.newId());
  });
}

/** Changes of an organization's members wait for each other: two admins cannot demote one another at once. */
async function lockMember({ prisma, sql }: Transaction, principal: Principal, userId: string) {
  const { organizationId } = principal;
  await lockOrganization(sql, organizationId);
  const member = await prisma.membership.findUnique({
    where: { organizationId_userId: { organizationId, userId } },
    include: { user: { select: { email: true, isOperator: true } } },
  });
  if (!member) throw notFound("member");
  if (member.user.isOperator && !principal.isOperator) {
    throw new AppError(403, "An operator of the instance can only be changed by an operator.");
  }
  return member;
}

async function requireAnotherAdmin({ prisma }: Transaction, principal: Principal, userId: string) {
  const others = await prisma.membership.count({
    where: { organizationId: principal.organizationId, role: "admin", userId: { not: userId } },
  });
  if (others === 0) throw new AppError(409, "This is the last admin. Make someone else an admin first.");
}
