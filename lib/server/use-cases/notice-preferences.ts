import "server-only";
import { noticeKinds, type NoticeKind } from "@/lib/domain/notice";
import { AppError } from "@/lib/server/app-error";
import { recordAudit, type AuditedChange } from "@/lib/server/db/audit";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";

/** The kinds of notices that the member wants by mail. Throws 403 for a key, which has no mailbox. */
export async function getNoticePreferences(deps: Deps, principal: Principal): Promise<NoticeKind[]> {
  const { mutedNotices } = await deps.prisma.membership.findUniqueOrThrow({ where: membershipOf(principal) });
  return wantedOf(mutedNotices);
}

/** Stores what the member wants, for this organization only. */
export async function updateNoticePreferences(
  deps: Deps,
  principal: Principal,
  wanted: readonly NoticeKind[],
): Promise<NoticeKind[]> {
  const where = membershipOf(principal);
  const mutedNotices = noticeKinds.filter((kind) => !wanted.includes(kind));
  await deps.transaction(async ({ prisma }) => {
    const before = await prisma.membership.findUniqueOrThrow({ where });
    if (sameKinds(before.mutedNotices, mutedNotices)) return;
    await prisma.membership.update({ where, data: { mutedNotices } });
    const change: AuditedChange = {
      action: "member.notifications_changed",
      target: principal.actor,
      before: { wanted: wantedOf(before.mutedNotices) },
      after: { wanted: wantedOf(mutedNotices) },
    };
    await recordAudit(prisma, principal, change, deps.clock(), deps.newId());
  });
  return wantedOf(mutedNotices);
}

function membershipOf({ organizationId, userId }: Principal) {
  if (userId === null) throw new AppError(403, "Only a person has notifications to choose.");
  return { organizationId_userId: { organizationId, userId } };
}

const wantedOf = (muted: readonly string[]) => noticeKinds.filter((kind) => !muted.includes(kind));

const sameKinds = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((kind) => other.includes(kind));
