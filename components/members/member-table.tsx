"use client";

import { Timestamp } from "@/components/ui/timestamp";
import { RoleSelect } from "@/components/members/role-select";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Cell, HeaderCell, Row, RowActions, Table } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/schemas/action-result";
import type { MemberOut, MemberRole } from "@/lib/schemas/member";

type MemberTableProps = {
  members: readonly MemberOut[];
  /** `usr_...` of the person who looks: nobody removes themselves. */
  ownId: string;
  /** Only operators change or remove operators. */
  isOperator: boolean;
  changeRole: (input: { userId: string; role: MemberRole }) => Promise<ActionResult<void>>;
  remove: (input: { userId: string }) => Promise<ActionResult<void>>;
};

export function MemberTable({ members, ownId, isOperator, changeRole, remove }: MemberTableProps) {
  const isChangeable = (member: MemberOut) => isOperator || !member.isOperator;
  return (
    <Table
      caption="Members"
      head={
        <>
          <HeaderCell>Name</HeaderCell>
          <HeaderCell>Role</HeaderCell>
          <HeaderCell>Last sign-in</HeaderCell>
          <HeaderCell>Joined</HeaderCell>
          <HeaderCell hidden>Actions</HeaderCell>
        </>
      }
    >
      {members.map((member) => (
        <Row key={member.userId}>
          <Cell>
            <MemberName member={member} isSelf={member.userId === ownId} />
          </Cell>
          <Cell label="Role">
            {isChangeable(member) ? (
              <RoleSelect member={member} changeRole={changeRole} />
            ) : (
              <span className="capitalize">{member.role}</span>
            )}
          </Cell>
          <Cell label="Last sign-in" className="text-muted">
            {member.lastSignInAt ? <Timestamp at={member.lastSignInAt} /> : "Never"}
          </Cell>
          <Cell label="Joined" className="text-muted">
            <Timestamp at={member.joinedAt} />
          </Cell>
          <Cell>
            {member.userId !== ownId && isChangeable(member) && (
              <RemoveMember member={member} remove={remove} />
            )}
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

function MemberName({ member, isSelf }: { member: MemberOut; isSelf: boolean }) {
  return (
    <>
      <span className="flex flex-wrap items-center gap-x-2">
        <span className="font-medium">{member.name}</span>
        {isSelf && <Badge>You</Badge>}
        {member.isOperator && <Badge tone="accent">Operator</Badge>}
      </span>
      <span className="block text-xs text-muted">{member.email}</span>
    </>
  );
}

function RemoveMember({ member, remove }: { member: MemberOut; remove: MemberTableProps["remove"] }) {
  return (
    <RowActions>
      <ConfirmDialog
        danger
        title={`Remove ${member.name}`}
        description="They are signed out with their next click. Endpoints and API keys they made stay, and so do the meetings in their calendar: an admin can cancel those."
        confirmLabel="Remove member"
        onConfirm={async () => {
          const result = await remove({ userId: member.userId });
          if (!result.ok) return result.message;
          toast.success(`Removed ${member.name}`);
        }}
        trigger={
          <Button variant="danger-quiet" size="sm">
            Remove
          </Button>
        }
      />
    </RowActions>
  );
}
