import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { InvitationTable } from "@/components/members/invitation-table";
import { InviteDialog } from "@/components/members/invite-dialog";
import { MemberTable } from "@/components/members/member-table";
import { PageHeader } from "@/components/ui/page-header";
import { SectionHeader } from "@/components/ui/section-header";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { isAdmin } from "@/lib/server/principal";
import { listMembers } from "@/lib/server/use-cases/list-members";
import {
  changeRoleAction,
  inviteMemberAction,
  removeMemberAction,
  withdrawInvitationAction,
} from "./actions";

export const metadata: Metadata = { title: "Members" };

export default async function MembersPage() {
  const user = await requireUser();
  if (!isAdmin(user)) forbidden();
  const { members, invitations } = await listMembers(getDeps(), user);
  return (
    <>
      <PageHeader
        title="Members"
        description={`Who can sign in to ${user.organizationName}, and what they may do.`}
        actions={<InviteDialog action={inviteMemberAction} sendsMail={getDeps().mailer !== null} />}
      />
      <div className="grid gap-8">
        <MemberTable
          members={members}
          ownId={user.actor}
          isOperator={user.isOperator}
          changeRole={changeRoleAction}
          remove={removeMemberAction}
        />
        {invitations.length > 0 && (
          <section className="grid gap-3">
            <SectionHeader
              title="Open invitations"
              description="Each link works once. To see one again, invite the same person again: the older link stops working."
            />
            <InvitationTable invitations={invitations} withdraw={withdrawInvitationAction} />
          </section>
        )}
      </div>
    </>
  );
}
