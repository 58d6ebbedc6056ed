"use server";

import { revalidatePath } from "next/cache";
import { InvitationId, InvitationIn, MemberId, MemberRolePatch } from "@/lib/schemas/member";
import { formAction, userAction } from "@/lib/server/http/user-action";
import { changeMemberRole, removeMember } from "@/lib/server/use-cases/change-member";
import { inviteMember, withdrawInvitation } from "@/lib/server/use-cases/invite-member";

const admin = { admin: true };

export const inviteMemberAction = formAction(
  InvitationIn,
  async ({ deps, principal, input }) => {
    const invited = await inviteMember(deps, principal, input);
    revalidatePath("/members");
    return invited;
  },
  admin,
);

export const withdrawInvitationAction = userAction(
  InvitationId,
  async ({ deps, principal, input }) => {
    await withdrawInvitation(deps, principal, input);
    revalidatePath("/members");
  },
  admin,
);

export const changeRoleAction = userAction(
  MemberRolePatch,
  async ({ deps, principal, input }) => {
    await changeMemberRole(deps, principal, input);
    revalidatePath("/members");
  },
  admin,
);

export const removeMemberAction = userAction(
  MemberId,
  async ({ deps, principal, input }) => {
    await removeMember(deps, principal, input);
    revalidatePath("/members");
  },
  admin,
);
