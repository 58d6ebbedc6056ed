"use client";

import { Timestamp } from "@/components/ui/timestamp";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Cell, HeaderCell, Row, RowActions, Table } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/schemas/action-result";
import type { ApiKeyOut } from "@/lib/schemas/api-key";
import { scopes } from "@/lib/schemas/scopes";

type ApiKeyTableProps = {
  keys: readonly ApiKeyOut[];
  revoke: (input: { id: string }) => Promise<ActionResult<void>>;
};

export function ApiKeyTable({ keys, revoke }: ApiKeyTableProps) {
  return (
    <Table
      caption="API keys"
      head={
        <>
          <HeaderCell>Name</HeaderCell>
          <HeaderCell>Key</HeaderCell>
          <HeaderCell>Scopes</HeaderCell>
          <HeaderCell>Last used</HeaderCell>
          <HeaderCell>Created</HeaderCell>
          <HeaderCell hidden>Actions</HeaderCell>
        </>
      }
    >
      {keys.map((key) => (
        <ApiKeyRow key={key.id} apiKey={key} revoke={revoke} />
      ))}
    </Table>
  );
}

function ApiKeyRow({ apiKey, revoke }: { apiKey: ApiKeyOut; revoke: ApiKeyTableProps["revoke"] }) {
  return (
    <Row>
      <Cell>
        <span className="font-medium">{apiKey.name}</span>
      </Cell>
      <Cell label="Key" mono className="md:whitespace-nowrap">
        {apiKey.prefix}…
      </Cell>
      <Cell label="Scopes">
        <Scopes held={apiKey.scopes} />
      </Cell>
      <Cell label="Last used" className="text-muted">
        {apiKey.lastUsedAt ? <Timestamp at={apiKey.lastUsedAt} /> : "Never"}
      </Cell>
      <Cell label="Created" className="text-muted">
        <Timestamp at={apiKey.createdAt} />
        {apiKey.createdBy && <span className="block text-xs text-subtle">{apiKey.createdBy}</span>}
      </Cell>
      <Cell>
        <RowActions>
          <ConfirmDialog
            danger
            title={`Revoke ${apiKey.name}`}
            description="Programs that use this key are refused from the next request on. This cannot be undone."
            confirmLabel="Revoke key"
            onConfirm={async () => {
              const result = await revoke({ id: apiKey.id });
              if (!result.ok) return result.message;
              toast.success(`Revoked ${apiKey.name}`);
            }}
            trigger={
              <Button variant="danger-quiet" size="sm">
                Revoke
              </Button>
            }
          />
        </RowActions>
      </Cell>
    </Row>
  );
}

function Scopes({ held }: { held: readonly string[] }) {
  if (scopes.every((scope) => held.includes(scope))) return <Badge>every scope</Badge>;
  return (
    <span className="flex flex-wrap gap-1">
      {held.map((scope) => (
        <Badge key={scope} mono>
          {scope}
        </Badge>
      ))}
    </span>
  );
}
