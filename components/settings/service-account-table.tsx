"use client";

import { RemovalButton } from "@/components/settings/removal-button";
import { Badge } from "@/components/ui/badge";
import { Cell, HeaderCell, Row, RowLink, Table } from "@/components/ui/table";
import { Timestamp } from "@/components/ui/timestamp";
import type { ActionResult } from "@/lib/schemas/action-result";
import type { ConfigurationChangeOut } from "@/lib/schemas/configuration-change";
import type { ServiceAccountOut } from "@/lib/schemas/service-account";

type ServiceAccountTableProps = {
  accounts: readonly ServiceAccountOut[];
  remove: (input: { id: string }) => Promise<ActionResult<ConfigurationChangeOut>>;
};

export function ServiceAccountTable({ accounts, remove }: ServiceAccountTableProps) {
  return (
    <Table
      caption="Service accounts"
      head={
        <>
          <HeaderCell>Name</HeaderCell>
          <HeaderCell>Service</HeaderCell>
          <HeaderCell>Domains</HeaderCell>
          <HeaderCell>Changed</HeaderCell>
          <HeaderCell hidden>Actions</HeaderCell>
        </>
      }
    >
      {accounts.map(({ id, type, name, domains, updatedAt }) => (
        <Row key={id}>
          <Cell>
            <RowLink href={`/settings/service-accounts/${id}`}>{name}</RowLink>
          </Cell>
          <Cell label="Service">
            <Badge>{type}</Badge>
          </Cell>
          <Cell label="Domains" mono={domains.length > 0}>
            {domains.length > 0 ? domains.join(", ") : <span className="text-muted">None</span>}
          </Cell>
          <Cell label="Changed" className="text-muted">
            <Timestamp at={updatedAt} />
          </Cell>
          <Cell>
            <RemovalButton
              name={name}
              description="Its credentials are erased here. The account itself stays where it was made; end it there, too, when nothing uses it."
              confirmLabel="Remove account"
              remove={() => remove({ id })}
            />
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
