"use client";

import { MailState } from "@/components/notifications/mail-state";
import { Timestamp } from "@/components/ui/timestamp";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Cell, HeaderCell, Row, RowActions, Table } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/schemas/action-result";
import type { InvitationOut } from "@/lib/schemas/member";

type InvitationTableProps = {
  invitations: readonly InvitationOut[];
  withdraw: (input: { id: string }) => Promise<ActionResult<void>>;
};

export function InvitationTable({ invitations, withdraw }: InvitationTableProps) {
  const wereMailed = invitations.some(({ mail }) => mail !== null);
  return (
    <Table
      caption="Open invitations"
      head={
        <>
          <HeaderCell>E-mail</HeaderCell>
          <HeaderCell>Role</HeaderCell>
          {wereMailed && <HeaderCell>Mail</HeaderCell>}
          <HeaderCell>Expires</HeaderCell>
          <HeaderCell hidden>Actions</HeaderCell>
        </>
      }
    >
      {invitations.map((invitation) => (
        <Row key={invitation.id}>
          <Cell>
            <span className="font-medium">{invitation.email}</span>
          </Cell>
          <Cell label="Role" className="capitalize">
            {invitation.role}
          </Cell>
          {wereMailed && (
            <Cell label="Mail">
              {invitation.mail ? (
                <MailState mail={invitation.mail} />
              ) : (
                <span className="text-muted">None</span>
              )}
            </Cell>
          )}
          <Cell label="Expires" className="text-muted">
            {invitation.isExpired ? (
              <Badge tone="warning">Expired</Badge>
            ) : (
              <Timestamp at={invitation.expiresAt} />
            )}
          </Cell>
          <Cell>
            <RowActions>
              <ConfirmDialog
                danger
                title={`Withdraw the invitation of ${invitation.email}`}
                description="The link stops working. You can invite the same person again."
                confirmLabel="Withdraw invitation"
                onConfirm={async () => {
                  const result = await withdraw({ id: invitation.id });
                  if (!result.ok) return result.message;
                  toast.success("Invitation withdrawn");
                }}
                trigger={
                  <Button variant="danger-quiet" size="sm">
                    Withdraw
                  </Button>
                }
              />
            </RowActions>
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
