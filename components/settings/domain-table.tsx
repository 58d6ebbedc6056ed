"use client";

import { RemovalButton } from "@/components/settings/removal-button";
import { Cell, HeaderCell, Row, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { ActionResult } from "@/lib/schemas/action-result";
import type { ConfigurationChangeOut } from "@/lib/schemas/configuration-change";
import type { OrganizationDomainOut } from "@/lib/schemas/organization-domains";

type DomainTableProps = {
  domains: readonly OrganizationDomainOut[];
  remove: (input: { domain: string }) => Promise<ActionResult<ConfigurationChangeOut>>;
};

export function DomainTable({ domains, remove }: DomainTableProps) {
  return (
    <Table
      caption="Domains"
      head={
        <>
          <HeaderCell>Domain</HeaderCell>
          <HeaderCell>Served by</HeaderCell>
          <HeaderCell hidden>Actions</HeaderCell>
        </>
      }
      footer={
        <p className="text-xs text-muted">
          A domain that a service account serves can be removed when it has been taken away there.
        </p>
      }
    >
      {domains.map(({ name, accounts }) => (
        <Row key={name}>
          <Cell mono>{name}</Cell>
          <Cell label="Served by">
            <Accounts accounts={accounts} />
          </Cell>
          <Cell>
            <RemovalButton
              name={name}
              description="The systems that receive the event are told that it is not the organization's any more. You can add it again."
              confirmLabel="Remove domain"
              remove={() => remove({ domain: name })}
            />
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

function Accounts({ accounts }: Pick<OrganizationDomainOut, "accounts">) {
  if (accounts.length === 0) return <span className="text-muted">No service account</span>;
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-1">
      {accounts.map(({ id, name }) => (
        <TextLink key={id} href={`/settings/service-accounts/${id}`}>
          {name}
        </TextLink>
      ))}
    </span>
  );
}
