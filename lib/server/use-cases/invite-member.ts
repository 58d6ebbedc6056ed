import "server-only";
import { invitationsMax } from "@/lib/domain/limits";
import { spellDuration } from "@/lib/format/duration";
import type { InvitationIn, InvitedOut } from "@/lib/schemas/member";
import { AppError, limitReached, notFound } from "@/lib/server/app-error";
import { accountKey, admitOr429 } from "@/lib/server/auth/throttle";
import { insertAccountMail } from "@/lib/server/db/account-mails";
import { recordAudit, type AuditedChange } from "@/lib/server/db/audit";
import { lockOrganization } from "@/lib/server/db/organization-lock";
import type { Deps } from "@/lib/server/deps";
import { hashInvitationToken, invitationLink, newInvitationToken } from "@/lib/server/invitation-token";
import { requireAdmin, type Principal } from "@/lib/server/principal";

const invitationDays = 7;
/** Nobody is to fill a stranger's mailbox by inviting them over and over. */
const mailsPerHour = { freeFailures: 5, firstWaitSeconds: 3_600, longestWaitSeconds: 3_600 };

/**
 * Invites someone, by mail where there is a mail server, and returns a link, which is shown this once: only its hash is
 * stored. An earlier invitation of the same person stops working. Throws 409 for someone who is a member already, or at
 * the limit, and 429 when they were sent several mails already.
 */
export async function inviteMember(
  deps: Deps,
  principal: Principal,
  { email, role }: InvitationIn,
): Promise<InvitedOut> {
  requireAdmin(principal);
  const { organizationId } = principal;
  const isMailed = deps.mailer !== null;
  if (isMailed) {
    await admitOr429(deps, { key: accountKey("invitation", email), ...mailsPerHour }, tooManyMails);
  }
  const token = newInvitationToken();
  const id = deps.newId();
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
        id,
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
    if (isMailed) {
      const { address, userAgent } = principal;
      const mail = { kind: "invitation", recipient: email, userId: null, invitationId: id } as const;
      await insertAccountMail(sql, {
        ...mail,
        id: deps.newId(),
        origin: { address, userAgent },
        createdAt: now,
      });
    }
  });
  return { link: invitationLink(deps.env.url, token), email, isMailed };
}

const tooManyMails = (waitSeconds: number) =>
  `Several invitations went to this address already. Wait ${spellDuration(Math.ceil(waitSeconds / 60) * 60_000)} before the next.`;

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
