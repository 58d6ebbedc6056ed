"use client";

import { useQuery } from "@tanstack/react-query";
import { Inbox, Plus } from "lucide-react";
import { behaviorWords } from "@/components/inbox/behavior-words";
import type { CreateInboxAction } from "@/components/inbox/inbox-actions";
import { NewInboxForm } from "@/components/inbox/new-inbox-form";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CopyableId } from "@/components/ui/copyable-id";
import { Dialog } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Cell, HeaderCell, Row, RowLink, Table } from "@/components/ui/table";
import { Timestamp } from "@/components/ui/timestamp";
import { counted } from "@/lib/format/numbers";
import { inboxQueries } from "@/lib/queries/inbox";
import { inboxesMax } from "@/lib/domain/limits";
import type { InboxOut } from "@/lib/schemas/inbox";

/** Every inbox of the organization, live. */
export function InboxList({ createInbox }: { createInbox: CreateInboxAction }) {
  const query = useQuery(inboxQueries.list());
  const isFull = (query.data?.length ?? 0) >= inboxesMax;
  const isEmpty = query.data?.length === 0;
  return (
    <>
      <PageHeader
        title="Test inbox"
        description="A receiver that comes with Posthorn: it shows what arrives, checks the signature, and can be told to fail."
        actions={!isEmpty && <NewInboxDialog action={createInbox} disabled={isFull} />}
      />
      {query.isPending ? (
        <SkeletonRows rows={3} columns={4} />
      ) : query.isError && !query.data ? (
        <ErrorState onRetry={() => void query.refetch()} retrying={query.isFetching} />
      ) : isEmpty ? (
        <EmptyState
          icon={Inbox}
          title="No inbox yet"
          action={<NewInboxDialog action={createInbox} label="Create an inbox" />}
        >
          An inbox has an address of its own. Point an endpoint at it and see every request, with its headers,
          its body and whether its signature verifies, before you have a server.
        </EmptyState>
      ) : (
        <InboxTable inboxes={query.data ?? []} />
      )}
      {isFull && (
        <p className="mt-3 text-xs text-muted">
          This is the limit of {inboxesMax} inboxes. Delete one to make another.
        </p>
      )}
    </>
  );
}

type NewInboxDialogProps = { action: CreateInboxAction; label?: string; disabled?: boolean };

function NewInboxDialog({ action, label = "New inbox", disabled }: NewInboxDialogProps) {
  return (
    <Dialog
      title="New inbox"
      trigger={
        <Button variant="primary" disabled={disabled}>
          <Plus aria-hidden />
          {label}
        </Button>
      }
    >
      <NewInboxForm action={action} />
    </Dialog>
  );
}

function InboxTable({ inboxes }: { inboxes: readonly InboxOut[] }) {
  return (
    <Table
      caption="Test inboxes"
      head={
        <>
          <HeaderCell>Name</HeaderCell>
          <HeaderCell>Address</HeaderCell>
          <HeaderCell>Answers</HeaderCell>
          <HeaderCell>Endpoints</HeaderCell>
          <HeaderCell align="end">Kept</HeaderCell>
          <HeaderCell align="end">Last request</HeaderCell>
        </>
      }
    >
      {inboxes.map((inbox) => (
        <Row key={inbox.id}>
          <Cell className="md:min-w-32">
            <RowLink href={`/inbox/${inbox.id}`}>{inbox.name}</RowLink>
          </Cell>
          <Cell label="Address">
            <CopyableId id={inbox.url} full />
          </Cell>
          <Cell label="Answers">
            <Badge
              tone={inbox.behavior === "succeed" ? "success" : "warning"}
              icon={behaviorWords[inbox.behavior].icon}
            >
              {behaviorWords[inbox.behavior].label}
            </Badge>
          </Cell>
          <Cell label="Endpoints" className="md:whitespace-nowrap">
            {inbox.endpoints.length === 0 ? (
              <span className="text-muted">None sends here</span>
            ) : (
              counted(inbox.endpoints.length, "endpoint")
            )}
          </Cell>
          <Cell label="Kept" align="end">
            {inbox.requestCount}
          </Cell>
          <Cell label="Last request" align="end">
            {inbox.lastReceivedAt ? (
              <Timestamp at={inbox.lastReceivedAt} />
            ) : (
              <span className="text-muted">Nothing yet</span>
            )}
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
