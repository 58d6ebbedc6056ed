import "server-only";
import { encodeId } from "@/lib/domain/ids";
import type { InvitationOut, MemberOut } from "@/lib/schemas/member";
import { invitationMails } from "@/lib/server/db/invitation-mails";
import type { Deps } from "@/lib/server/deps";
import { requireAdmin, type Principal } from "@/lib/server/principal";

/** Everyone in the organization, in the order they joined, and the invitations nobody has accepted yet. */
export async function listMembers(
  deps: Deps,
  principal: Principal,
): Promise<{ members: MemberOut[]; invitations: InvitationOut[] }> {
  requireAdmin(principal);
  const { organizationId } = principal;
  const memberships = await deps.prisma.membership.findMany({
    where: { organizationId },
    include: { user: { omit: { passwordHash: true } } },
    orderBy: [{ createdAt: "asc" }, { userId: "asc" }],
  });
  const invitations = await deps.prisma.invitation.findMany({
    where: { organizationId, acceptedAt: null },
    omit: { tokenHash: true, mailTokenHash: true },
    orderBy: { id: "desc" },
  });
  const mails = await invitationMails(deps.sql, organizationId);
  const now = deps.clock();
  return {
    members: memberships.map(({ user, role, createdAt }) => ({
      userId: encodeId("usr", user.id),
      email: user.email,
      name: `${user.firstName} ${user.lastName}`.trim(),
      role,
      isOperator: user.isOperator,
      joinedAt: createdAt.toISOString(),
      lastSignInAt: user.lastSignInAt?.toISOString() ?? null,
    })),
    invitations: invitations.map(({ id, email, role, expiresAt }) => ({
      id,
      email,
      role,
      expiresAt: expiresAt.toISOString(),
      isExpired: expiresAt <= now,
      mail: mails.get(id) ?? null,
    })),
  };
}
