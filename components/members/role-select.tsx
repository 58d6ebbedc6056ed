"use client";

import { useOptimistic, useTransition } from "react";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { unanswered } from "@/components/ui/use-form-action";
import type { ActionResult } from "@/lib/schemas/action-result";
import { type MemberOut, type MemberRole, roles } from "@/lib/schemas/member";

type RoleSelectProps = {
  member: MemberOut;
  changeRole: (input: { userId: string; role: MemberRole }) => Promise<ActionResult<void>>;
};

export const roleOptions = roles.map((role) => ({
  value: role,
  label: role === "admin" ? "Admin" : "Developer",
}));

/** The role of a member, changed at once. A refusal puts the old one back and says why. */
export function RoleSelect({ member, changeRole }: RoleSelectProps) {
  const [role, setRole] = useOptimistic(member.role);
  const [, startTransition] = useTransition();
  function change(next: MemberRole) {
    startTransition(async () => {
      setRole(next);
      const result = await changeRole({ userId: member.userId, role: next }).catch(unanswered);
      if (result.ok) toast.success(`${member.name} is ${next === "admin" ? "an admin" : "a developer"} now`);
      else toast.error(result.message);
    });
  }
  return (
    <Select
      size="sm"
      aria-label={`Role of ${member.name}`}
      className="w-32"
      options={roleOptions}
      value={role}
      onChange={(event) => change(event.target.value as MemberRole)}
    />
  );
}
